/** Terraform as a detached process: launch, status and one interrupt. */
package io.jenkins.plugins.ec2docker.terraform.process;
