/** Finds and removes orphaned resources, and imports them into a state. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.upkeep.sweep;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
