/** Blueprint autoscaled: an Auto Scaling group behind a load balancer. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.blueprint.autoscaled;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
