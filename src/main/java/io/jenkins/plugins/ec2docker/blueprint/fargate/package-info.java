/** Blueprint fargate: an ECS service on Fargate. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.blueprint.fargate;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
