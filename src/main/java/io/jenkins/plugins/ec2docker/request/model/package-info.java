/** A request and its parts as immutable records. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.request.model;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
