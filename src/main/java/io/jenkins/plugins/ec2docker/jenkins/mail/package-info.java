/** Mail to requesters. */
package io.jenkins.plugins.ec2docker.jenkins.mail;
