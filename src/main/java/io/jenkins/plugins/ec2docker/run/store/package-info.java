/** Deployments on disk: requests, state versions and the lock that allows one run at a time. */
package io.jenkins.plugins.ec2docker.run.store;
