/** From a document to a request and back, and the lenient reading of what is stored. */
package io.jenkins.plugins.ec2docker.request.parse;
