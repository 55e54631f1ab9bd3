/** The users file: checked in constant memory and kept byte for byte. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.request.users;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
