/** Digests of image tags, read from OCI registries. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.images;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
