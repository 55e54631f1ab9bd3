/**
 * Containers on EC2, asked for from Jenkins and made by Terraform.
 *
 * <p>The rooms, lower first: {@code request}, {@code policy}, then {@code bootstrap}, {@code terraform} and {@code aws} side by side,
 * {@code provisioning}, and the two shells {@code cli} and {@code jenkins}. A room imports only from rooms below it, and only
 * {@code jenkins} imports Jenkins.
 */
package io.jenkins.plugins.ec2docker;
