/** Waits until an instance, a group or a service is ready. */
package io.jenkins.plugins.ec2docker.verify;
