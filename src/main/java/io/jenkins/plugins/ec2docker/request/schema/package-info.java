/** The fields of a request: type, limits, unit and default of each. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.request.schema;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
