/** Plans, states, drift and outputs as Terraform writes them. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.terraform.documents;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
