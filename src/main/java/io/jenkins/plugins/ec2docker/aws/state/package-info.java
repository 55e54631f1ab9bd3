/** Terraform state and its locks in S3 and DynamoDB. */
package io.jenkins.plugins.ec2docker.aws.state;
