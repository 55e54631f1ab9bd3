/** Deployments of each job, runs in progress and the files of builds, on the disk of the controller. */
package io.jenkins.plugins.ec2docker.jenkins.store;
