/** List prices. */
package io.jenkins.plugins.ec2docker.aws.pricing;
