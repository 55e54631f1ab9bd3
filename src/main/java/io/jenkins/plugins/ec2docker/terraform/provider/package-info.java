/** Where the AWS provider comes from: mirror, cache, lock file and CLI configuration. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.terraform.provider;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
