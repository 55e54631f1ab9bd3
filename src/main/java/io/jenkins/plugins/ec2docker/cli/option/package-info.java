/** Options that several commands share. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.cli.option;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
