/** List prices. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.aws.pricing;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
