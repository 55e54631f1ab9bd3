/** The events that Terraform prints with -json, and their text on the console. */
package io.jenkins.plugins.ec2docker.terraform.events;
