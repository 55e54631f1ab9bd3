/** The pages of a job's deployments. */
package io.jenkins.plugins.ec2docker.jenkins.pages.deployment;
