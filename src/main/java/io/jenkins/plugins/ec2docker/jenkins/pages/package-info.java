/** Pages over all deployments. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.jenkins.pages;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
