/** What a blueprint is: its name, its template files and its settings. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.blueprint.spec;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
