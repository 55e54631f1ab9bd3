/** Everything that imports Jenkins. This package has only the names under which older versions stored classes. */
package io.jenkins.plugins.ec2docker.jenkins;
