/** Settings, keys and SDK clients for calls to AWS. */
package io.jenkins.plugins.ec2docker.aws.access;
