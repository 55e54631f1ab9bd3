/**
 * What all packages share of this machine: files that survive a crash, hashes, encryption, poll intervals and the proxy. Imports no other
 * package.
 */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.platform;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
