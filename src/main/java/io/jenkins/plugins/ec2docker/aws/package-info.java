/**
 * What the engine asks of AWS itself, beside Terraform: a role session, who the caller is, what an instance looks like, what it
 * printed on its console, and whether its containers answer.
 *
 * <p>Each capability is a small interface with one class behind it, so that a run can be driven with another implementation.
 * Every failure is an {@link io.jenkins.plugins.ec2docker.aws.AwsRefusal}: one sentence for people, the cause for the log.
 * Nothing here is static state: a client lives as long as one call.
 */
package io.jenkins.plugins.ec2docker.aws;
