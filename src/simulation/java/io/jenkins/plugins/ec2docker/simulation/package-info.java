/**
 * AWS as a target group sees it while instances or tasks are replaced, played by a clock of whole seconds: no emulator has target health, instance
 * refreshes or ECS deployments that take time. The rules are AWS's published ones (docs/blueprints/updates.md names each source), the figures
 * those of a plan. Where AWS publishes no figure, the constant here is said to be an assumption, and what must hold does not depend on it.
 */
package io.jenkins.plugins.ec2docker.simulation;
