/** Digests of image tags, read from OCI registries. */
package io.jenkins.plugins.ec2docker.images;
