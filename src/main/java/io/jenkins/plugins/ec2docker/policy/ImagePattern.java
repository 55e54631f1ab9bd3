package io.jenkins.plugins.ec2docker.policy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.values.ImageReference;

/**
 * Which images are allowed: {@code [registry/]repository[:tag][@digest]}, each part a {@link Glob}.
 *
 * <p>The name is completed as Docker completes one: without a registry it means Docker Hub, without a user its official images. So
 * {@code nginx} allows {@code docker.io/library/nginx:1.27} and nothing of {@code example.com/nginx}. A name that begins with {@code **}
 * is taken as it stands. A pattern without tag and digest, or with the tag {@code *} alone, allows every version. Otherwise an image with a
 * digest needs a pattern with one: Docker pulls by the digest and never looks at the tag beside it.
 */
final class ImagePattern {
    private static final String HUB = "docker.io/";

    private final Glob name;
    @CheckForNull
    private final Glob tag;
    @CheckForNull
    private final Glob digest;

    private ImagePattern(Glob name, @CheckForNull Glob tag, @CheckForNull Glob digest) {
        this.name = name;
        this.tag = tag;
        this.digest = digest;
    }

    static ImagePattern of(String text) {
        int at = text.indexOf('@');
        String digest = at < 0 ? null : text.substring(at + 1);
        String named = at < 0 ? text : text.substring(0, at);
        int colon = named.indexOf(':', named.lastIndexOf('/') + 1);
        String tag = colon < 0 ? null : named.substring(colon + 1);
        String name = colon < 0 ? named : named.substring(0, colon);
        return new ImagePattern(new Glob(qualified(name)), glob(tag), glob(digest));
    }

    boolean matches(ImageReference image) {
        String pinned = image.digest();
        return name.matches(image.canonicalName()) && (pinned == null ? matchesTag(image) : matchesDigest(pinned, image.tag()));
    }

    /** See {@link Guardrails#namesRegistry}. */
    boolean namesRegistry(String registry) {
        String first = name.text().contains("/") ? name.text().substring(0, name.text().indexOf('/')) : "";
        boolean within = first.matches(".*\\.[^.*?]+\\.[^.*?]+") && !first.contains("**");
        return first.equals(registry) || within && new Glob(first).matches(registry);
    }

    private boolean matchesTag(ImageReference image) {
        return digest == null && (tag == null || tag.matches(image.tag() == null ? "latest" : image.tag()));
    }

    private boolean matchesDigest(String pinned, @CheckForNull String version) {
        boolean anyTag = tag == null || tag.text().equals("*") || tag.text().equals("**");
        if (digest == null) {
            return anyTag;
        }
        return digest.matches(pinned) && (anyTag || version != null && tag.matches(version));
    }

    @CheckForNull
    private static Glob glob(@CheckForNull String text) {
        return text == null ? null : new Glob(text);
    }

    /** What the reference grammar takes for a registry: a first part with a dot or a port, or localhost. */
    private static String qualified(String name) {
        if (name.startsWith("**")) {
            return name;
        }
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean hub = first.equals("docker.io") || first.equals("index.docker.io");
        boolean elsewhere = !hub && (first.contains(".") || first.contains(":") || first.equals("localhost"));
        if (elsewhere) {
            return name;
        }
        String path = hub ? name.substring(slash + 1) : name;
        return HUB + (path.contains("/") || path.startsWith("**") ? path : "library/" + path);
    }
}
