/** The freestyle build step. */
package io.jenkins.plugins.ec2docker.jenkins.builder;
