/** The controller: directories, encryption, proxy, settings and builds. */
package io.jenkins.plugins.ec2docker.jenkins.controller;
