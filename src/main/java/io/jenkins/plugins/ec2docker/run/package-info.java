/** The steps of a run and what they are made of. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.run;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
