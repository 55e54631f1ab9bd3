/** Errors of AWS and of the network as messages for users. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.aws.errors;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
