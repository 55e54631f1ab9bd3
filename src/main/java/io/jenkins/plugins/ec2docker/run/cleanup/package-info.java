/** What a run created and could not save in the state: ownership and removal. */
package io.jenkins.plugins.ec2docker.run.cleanup;
