/** Options that several commands share. */
package io.jenkins.plugins.ec2docker.cli.option;
