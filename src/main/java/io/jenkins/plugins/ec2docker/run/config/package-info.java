/** Settings of runs: credentials, role session and state backend. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.run.config;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
