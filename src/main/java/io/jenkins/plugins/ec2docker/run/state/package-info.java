/** Where the state is while Terraform works: backend, migration, recovery after a crash, and maintenance. */
package io.jenkins.plugins.ec2docker.run.state;
