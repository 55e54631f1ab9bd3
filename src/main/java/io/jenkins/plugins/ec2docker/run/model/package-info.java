/** A run and a deployment as data: actions, results and the next step. Pure. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.run.model;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
