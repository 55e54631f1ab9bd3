/** The workspace of a request, rendered from its blueprint. */
package io.jenkins.plugins.ec2docker.blueprint;
