/** Deployments on disk: requests, state versions and the lock that allows one run at a time. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.run.store;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
