/** Texts with a syntax (CIDR, cron, image, ARN, duration) and the violations that a wrong one causes. */
package io.jenkins.plugins.ec2docker.request.values;
