package io.jenkins.plugins.ec2docker.jenkins.pages.run;

/**
 * One output of a deployment.
 *
 * @param link the value where it may be a link, else null
 */
public record OutputRow(String name, String value, String link) {

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

    public String getLink() {
        return link;
    }
}
