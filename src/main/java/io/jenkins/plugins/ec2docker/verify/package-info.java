/** Waits until an instance, a group or a service is ready. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.verify;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
