/** What administrators allow, held against a request and again against what Terraform is about to do. Pure. */
package io.jenkins.plugins.ec2docker.policy;
