/** Everything that imports Jenkins. This package has only the names under which older versions stored classes. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.jenkins;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
