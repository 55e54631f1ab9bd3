/** Where the state is while Terraform works: backend, migration, recovery after a crash, and maintenance. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.run.state;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
