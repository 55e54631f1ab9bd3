/** The steps of a run and what they are made of. */
package io.jenkins.plugins.ec2docker.run;
