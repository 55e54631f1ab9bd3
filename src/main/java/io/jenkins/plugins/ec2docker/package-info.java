/**
 * Containers on EC2, requested in Jenkins and created by Terraform.
 *
 * <p>The rooms, lower first: {@code platform}; {@code request}; {@code terraform} and {@code aws}; {@code images}, {@code bootstrap} and
 * {@code policy}; {@code verify}; {@code blueprint}; {@code run}; {@code upkeep}; {@code local}; and the two shells {@code cli} and
 * {@code jenkins}. A package imports only from rooms below its own, packages need each other in one direction only, and only
 * {@code jenkins} imports Jenkins.
 */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
