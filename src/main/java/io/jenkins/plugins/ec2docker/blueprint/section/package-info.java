/** Variables that the blueprints with sections share. */
package io.jenkins.plugins.ec2docker.blueprint.section;
