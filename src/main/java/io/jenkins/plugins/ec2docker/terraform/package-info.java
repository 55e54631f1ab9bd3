/** Terraform as this product uses it: where it is, how it is called, how it is kept alive, and what it says. */
package io.jenkins.plugins.ec2docker.terraform;
