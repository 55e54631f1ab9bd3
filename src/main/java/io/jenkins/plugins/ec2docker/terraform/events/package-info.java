/** The events that Terraform prints with -json, and their text on the console. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.terraform.events;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
