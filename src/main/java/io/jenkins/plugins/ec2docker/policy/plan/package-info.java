/** The review of a plan against the guardrails. */
package io.jenkins.plugins.ec2docker.policy.plan;
