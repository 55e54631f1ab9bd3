/** The monthly cost of a plan and its limit. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.policy.cost;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
