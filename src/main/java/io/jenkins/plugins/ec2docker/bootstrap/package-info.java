/** What an instance runs at first boot: Compose file, users file, boot script and user data. */
package io.jenkins.plugins.ec2docker.bootstrap;
