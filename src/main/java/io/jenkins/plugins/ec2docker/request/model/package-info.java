/** A request and its parts as immutable records. */
package io.jenkins.plugins.ec2docker.request.model;
