/** Argument vectors and environment of Terraform commands, the binary, and the files of a workspace. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.terraform.command;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
