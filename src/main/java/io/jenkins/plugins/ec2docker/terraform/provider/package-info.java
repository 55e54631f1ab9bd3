/** Where the AWS provider comes from: mirror, cache, lock file and CLI configuration. */
package io.jenkins.plugins.ec2docker.terraform.provider;
