/** Where Terraform works for a run, and its events there. */
package io.jenkins.plugins.ec2docker.run.site;
