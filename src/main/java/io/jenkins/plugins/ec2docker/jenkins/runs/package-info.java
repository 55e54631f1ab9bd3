/** Runs in progress in Jenkins: start, order, observers and end. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.jenkins.runs;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
