/** Runs in progress in Jenkins: start, order, observers and end. */
package io.jenkins.plugins.ec2docker.jenkins.runs;
