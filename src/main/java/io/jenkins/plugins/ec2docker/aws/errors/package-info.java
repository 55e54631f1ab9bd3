/** Errors of AWS and of the network as messages for users. */
package io.jenkins.plugins.ec2docker.aws.errors;
