/** What commands print: text, tables, JSON, progress and errors. */
package io.jenkins.plugins.ec2docker.cli.output;
