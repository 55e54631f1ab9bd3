/** What administrators decide for the whole controller: settings, guardrails, permissions. */
package io.jenkins.plugins.ec2docker.jenkins.config;
