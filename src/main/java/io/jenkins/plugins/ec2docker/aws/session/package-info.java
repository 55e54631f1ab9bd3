/** Role sessions, default credentials and the caller identity, by STS. */
package io.jenkins.plugins.ec2docker.aws.session;
