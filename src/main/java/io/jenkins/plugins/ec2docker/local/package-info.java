/** Runs and maintenance on one machine, for the command line and the engine tests. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.local;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
