/** Expiry and working hours of deployments. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.upkeep.lifetime;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
