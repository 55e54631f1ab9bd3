/** What a run created and could not save in the state: ownership and removal. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.run.cleanup;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
