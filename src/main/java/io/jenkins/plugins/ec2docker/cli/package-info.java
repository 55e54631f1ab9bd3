/** The command line over the engine: break-glass, blueprint development and tests. Never part of the plugin's archive. */
package io.jenkins.plugins.ec2docker.cli;
