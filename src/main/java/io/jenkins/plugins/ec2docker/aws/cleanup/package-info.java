/** Finds resources by their tags and removes them by their kind. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.aws.cleanup;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
