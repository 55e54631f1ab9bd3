/** Finds resources by their tags and removes them by their kind. */
package io.jenkins.plugins.ec2docker.aws.cleanup;
