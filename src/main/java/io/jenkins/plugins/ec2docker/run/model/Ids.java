package io.jenkins.plugins.ec2docker.run.model;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Makes the ids by which deployments and runs are told apart for good. */
public final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Ids() {}

    /** {@code web-1f3a9c02}: at most 41 characters, so that names derived from it fit IAM's 64. */
    public static String newDeploymentId(String name) {
        return name + "-" + hex();
    }

    /** {@code 20261121-035112-1f3a9c02}: sorts by time, unique even within a second. */
    public static String newRunId(Instant now) {
        return STAMP.format(now) + "-" + hex();
    }

    private static String hex() {
        return String.format(Locale.ROOT, "%08x", RANDOM.nextInt());
    }
}
