/** Texts with a syntax (CIDR, cron, image, ARN, duration) and the violations that a wrong one causes. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.request.values;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
