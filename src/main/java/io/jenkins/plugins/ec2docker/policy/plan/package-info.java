/** The review of a plan against the guardrails. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.policy.plan;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
