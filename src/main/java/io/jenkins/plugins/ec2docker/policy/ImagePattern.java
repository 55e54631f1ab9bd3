package io.jenkins.plugins.ec2docker.policy;

import io.jenkins.plugins.ec2docker.request.ImageReference;

/**
 * Which images are allowed. A pattern is read as Docker reads a name: without a registry it means Docker Hub, without a user its official
 * images, without tag or digest any tag and any digest. So {@code nginx} allows {@code docker.io/library/nginx:1.27} and nothing of
 * {@code example.com/nginx}.
 */
final class ImagePattern {

    private final Glob name;
    private final Glob version;

    private ImagePattern(Glob name, Glob version) {
        this.name = name;
        this.version = version;
    }

    static ImagePattern of(String text) {
        int slash = text.lastIndexOf('/');
        int at = text.indexOf('@');
        int colon = at >= 0 ? at : text.indexOf(':', slash + 1);
        String path = colon < 0 ? text : text.substring(0, colon);
        String version = colon < 0 ? "**" : text.substring(colon);
        return new ImagePattern(Glob.of(qualified(path)), Glob.of(version));
    }

    boolean matches(ImageReference image) {
        if (!name.matches(image.canonicalName())) {
            return false;
        }
        if (version.text().equals("**")) {
            return true;
        }
        String tag = image.tag() == null && image.digest() == null ? "latest" : image.tag();
        return tag != null && version.matches(":" + tag) || image.digest() != null && version.matches("@" + image.digest());
    }

    /** As the reference grammar decides what a first component is: a registry has a dot, a port or is localhost. */
    private static String qualified(String path) {
        if (path.startsWith("*")) {
            return path;
        }
        int slash = path.indexOf('/');
        String first = slash < 0 ? "" : path.substring(0, slash);
        if (first.contains(".") || first.contains(":") || first.equals("localhost")) {
            return path;
        }
        return slash < 0 ? "docker.io/library/" + path : "docker.io/" + path;
    }
}
