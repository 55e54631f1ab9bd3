/**
 * What all packages share of this machine: files that survive a crash, hashes, encryption, poll intervals and the proxy. Imports no other
 * package.
 */
package io.jenkins.plugins.ec2docker.platform;
