/** The workspace of a request, rendered from its blueprint. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.blueprint;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
