/** YAML and JSON as nodes that know their path, their mode of reading and their violations. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.request.document;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
