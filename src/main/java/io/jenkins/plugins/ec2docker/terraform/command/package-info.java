/** Argument vectors and environment of Terraform commands, the binary, and the files of a workspace. */
package io.jenkins.plugins.ec2docker.terraform.command;
