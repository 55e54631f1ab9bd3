/** Pages over all deployments. */
package io.jenkins.plugins.ec2docker.jenkins.pages;
