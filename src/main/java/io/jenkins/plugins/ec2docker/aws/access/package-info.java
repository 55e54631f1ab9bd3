/** Settings, keys and SDK clients for calls to AWS. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.aws.access;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
