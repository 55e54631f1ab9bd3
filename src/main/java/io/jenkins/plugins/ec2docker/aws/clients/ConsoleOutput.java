package io.jenkins.plugins.ec2docker.aws.clients;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Instant;

/**
 * What an instance printed on its serial console; the last 64 KiB at most.
 *
 * @param text  as printed, empty if nothing yet; bytes that are no UTF-8 are replaced
 * @param taken when AWS read it; null if it has not yet
 * @param live  whether asking again shows what has been printed since. Instance types that are not built on Nitro show what AWS read some
 *              time after the last start or stop, and nothing that is printed later
 */
public record ConsoleOutput(String text, @CheckForNull Instant taken, boolean live) {}
