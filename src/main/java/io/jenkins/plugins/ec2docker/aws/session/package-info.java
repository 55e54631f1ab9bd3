/** Role sessions, default credentials and the caller identity, by STS. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.aws.session;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
