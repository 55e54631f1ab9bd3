/**
 * What the instance runs at first boot: Compose file, users file and boot script, packed as EC2 user data; and the boot's end as read
 * from the instance's console. Pure but for {@link io.jenkins.plugins.ec2docker.bootstrap.Bootstrap#writeTo}.
 * {@code docs/bootstrap.md} tells it whole.
 */
package io.jenkins.plugins.ec2docker.bootstrap;
