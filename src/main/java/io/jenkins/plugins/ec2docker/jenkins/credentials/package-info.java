/** Jenkins credentials as AWS keys. */
package io.jenkins.plugins.ec2docker.jenkins.credentials;
