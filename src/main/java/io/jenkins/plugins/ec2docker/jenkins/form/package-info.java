/** The request as form and Pipeline arguments: beans, checks and suggestions. */
package io.jenkins.plugins.ec2docker.jenkins.form;
