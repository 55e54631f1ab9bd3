/** Terraform as a detached process: launch, status and one interrupt. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.terraform.process;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
