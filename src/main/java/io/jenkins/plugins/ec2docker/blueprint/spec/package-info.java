/** What a blueprint is: its name, its template files and its settings. */
package io.jenkins.plugins.ec2docker.blueprint.spec;
