/** What an instance runs at first boot: Compose file, users file, boot script and user data. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.bootstrap;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
