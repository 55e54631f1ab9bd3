package io.jenkins.plugins.ec2docker.jenkins.step;

import hudson.model.Run;
import java.util.Locale;

/** The name of a deployment whose request has none: its job's. Names are unique within a job, so that two jobs never meet in one. */
public final class DefaultDeploymentName {
    /** The request's limit. */
    private static final int LONGEST = 32;

    private DefaultDeploymentName() {}

    public static String of(Run<?, ?> build) {
        return of(build.getParent().getFullName());
    }

    /** {@code Team/Web shop} becomes {@code team-web-shop}; of a long name the end stays, which tells jobs of a folder apart. */
    public static String of(String jobFullName) {
        String plain = jobFullName.toLowerCase(Locale.ROOT).replaceAll("%2f", "-").replaceAll("[^a-z0-9]+", "-");
        String end = plain.substring(Math.max(0, plain.length() - LONGEST));
        String name = end.replaceFirst("^[^a-z]+", "").replaceFirst("-+$", "");
        // AWS keeps names that begin with sg- for itself.
        return name.isEmpty() ? "deployment" : name.matches("sg(-.*)?") ? "my" + name.substring(2) : name;
    }
}
