package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * One output of a deployment.
 *
 * @param link the value where it may be a link, else null
 */
public record OutputRow(String name, String value, @CheckForNull String link) {

    public static OutputRow of(String name, String value) {
        return new OutputRow(name, value, SafeLink.of(value));
    }

    // Jelly finds getters only.

    public String getName() {
        return name;
    }

    public String getValue() {
        return value;
    }

    @CheckForNull
    public String getLink() {
        return link;
    }
}
