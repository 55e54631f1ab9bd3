/** From a document to a request and back, and the lenient reading of what is stored. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.request.parse;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
