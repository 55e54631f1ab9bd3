/** Signed JSON, REST and Query calls to services without an SDK client here. */
package io.jenkins.plugins.ec2docker.aws.protocol;
