/** Guardrails: what administrators allow in a request. */
package io.jenkins.plugins.ec2docker.policy;
