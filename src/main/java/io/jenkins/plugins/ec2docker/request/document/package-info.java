/** YAML and JSON as nodes that know their path, their mode of reading and their violations. */
package io.jenkins.plugins.ec2docker.request.document;
