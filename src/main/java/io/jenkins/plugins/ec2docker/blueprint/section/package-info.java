/** Variables that the blueprints with sections share. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.blueprint.section;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
