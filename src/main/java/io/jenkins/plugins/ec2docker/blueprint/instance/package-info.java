/** Blueprint instance: one EC2 instance. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.blueprint.instance;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
