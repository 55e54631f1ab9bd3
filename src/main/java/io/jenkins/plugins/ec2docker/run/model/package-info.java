/** A run and a deployment as data: actions, results and the next step. Pure. */
package io.jenkins.plugins.ec2docker.run.model;
