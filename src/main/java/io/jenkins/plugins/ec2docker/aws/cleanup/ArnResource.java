package io.jenkins.plugins.ec2docker.aws.cleanup;

/**
 * The end of an ARN (AWS General Reference, "Amazon Resource Names"), {@code arn:partition:service:region:account:resource}.
 *
 * @param resource with its type, where there is one, and a colon or a slash between the two
 */
record ArnResource(String resource) {

    static ArnResource of(String arn) {
        String[] parts = arn.split(":", 6);
        return new ArnResource(parts[parts.length - 1]);
    }

    /** What stands last. */
    String name() {
        return resource.replaceFirst(".*[:/]", "");
    }

    /** What stands after the type. */
    String afterType() {
        return resource.replaceFirst("^[^:/]*[:/]", "");
    }
}
