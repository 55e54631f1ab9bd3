/** Compares a deployment with what AWS has now. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.upkeep.drift;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
