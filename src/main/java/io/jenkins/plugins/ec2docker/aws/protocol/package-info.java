/** Signed JSON, REST and Query calls to services without an SDK client here. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.aws.protocol;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
