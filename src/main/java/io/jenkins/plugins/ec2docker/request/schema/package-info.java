/** The fields of a request: type, limits, unit and default of each. */
package io.jenkins.plugins.ec2docker.request.schema;
