/** Terraform state and its locks in S3 and DynamoDB. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.aws.state;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
