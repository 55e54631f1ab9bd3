/** Jenkins credentials as AWS keys. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.jenkins.credentials;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
