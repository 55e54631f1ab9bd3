/** What commands print: text, tables, JSON, progress and errors. */
@DefaultAnnotation(NonNull.class)
package io.jenkins.plugins.ec2docker.cli.output;

import edu.umd.cs.findbugs.annotations.DefaultAnnotation;
import edu.umd.cs.findbugs.annotations.NonNull;
