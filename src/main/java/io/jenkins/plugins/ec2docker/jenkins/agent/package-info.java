/** Terraform on an agent: the calls that run there, and their failures. */
package io.jenkins.plugins.ec2docker.jenkins.agent;
