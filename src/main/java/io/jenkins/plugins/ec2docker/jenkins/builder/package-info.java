/**
 * The freestyle build step "Provision EC2 with Docker". It shows the form of the Pipeline step and waits for its run in the build's own
 * thread.
 */
package io.jenkins.plugins.ec2docker.jenkins.builder;
