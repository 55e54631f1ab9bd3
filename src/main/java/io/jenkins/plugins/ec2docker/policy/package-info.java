/** Guardrails: what administrators allow in a request. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.policy;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
