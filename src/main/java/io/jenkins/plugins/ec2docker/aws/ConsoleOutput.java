package io.jenkins.plugins.ec2docker.aws;

import java.time.Instant;

/**
 * What an instance printed on its serial console; the last 64 KiB at most.
 *
 * @param text  as printed; bytes that are no UTF-8 are replaced
 * @param taken when AWS read it, which may be minutes ago on instance types that are not built on Nitro
 */
public record ConsoleOutput(String text, Instant taken) {}
