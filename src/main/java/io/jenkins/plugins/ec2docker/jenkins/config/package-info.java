/** Settings and permissions. */
package io.jenkins.plugins.ec2docker.jenkins.config;
