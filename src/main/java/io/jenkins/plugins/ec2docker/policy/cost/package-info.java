/** The monthly cost of a plan and its limit. */
package io.jenkins.plugins.ec2docker.policy.cost;
