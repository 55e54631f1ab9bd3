/** Tells people by mail how a run ended, off the path of the build. */
package io.jenkins.plugins.ec2docker.jenkins.mail;
