/** The page of a run and its part of the build's page. */
package io.jenkins.plugins.ec2docker.jenkins.pages.run;
