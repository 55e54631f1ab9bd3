/** Settings of runs: credentials, role session and state backend. */
package io.jenkins.plugins.ec2docker.run.config;
