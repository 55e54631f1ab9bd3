/** The command line. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.cli;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
