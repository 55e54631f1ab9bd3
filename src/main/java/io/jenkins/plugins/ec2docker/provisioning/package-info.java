/** Nothing but a name in stored programs of Pipelines; see there. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.provisioning;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
