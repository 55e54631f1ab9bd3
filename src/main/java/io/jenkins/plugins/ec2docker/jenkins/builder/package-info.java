/** The freestyle build step. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.jenkins.builder;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
