/** The users file: checked in constant memory and kept byte for byte. */
package io.jenkins.plugins.ec2docker.request.users;
