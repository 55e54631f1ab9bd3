/** Blueprint fargate: an ECS service on Fargate. */
package io.jenkins.plugins.ec2docker.blueprint.fargate;
