/** Where Terraform works for a run, and its events there. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.run.site;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
