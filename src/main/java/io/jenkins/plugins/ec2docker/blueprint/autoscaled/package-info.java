/** Blueprint autoscaled: an Auto Scaling group behind a load balancer. */
package io.jenkins.plugins.ec2docker.blueprint.autoscaled;
