/** New images on the instance in service, without a new instance. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.run.redeploy;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
