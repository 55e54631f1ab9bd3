/** The command line. */
package io.jenkins.plugins.ec2docker.cli;
