/** Plans, states, drift and outputs as Terraform writes them. */
package io.jenkins.plugins.ec2docker.terraform.documents;
