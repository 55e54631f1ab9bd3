/** The request: what a user asks for, read and checked as a whole, and the users file beside it. The lowest room: imports no other. */
package io.jenkins.plugins.ec2docker.request;
