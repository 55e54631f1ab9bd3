/** Runs in Jenkins: driven without a thread each, on agents that may come and go, across restarts of the controller. */
package io.jenkins.plugins.ec2docker.jenkins.run;
