package io.jenkins.plugins.ec2docker.request.values;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Objects;

/**
 * A container image's name.
 *
 * @param text as written
 * @param domain registry with port, as written; null where none was written, which Docker takes as {@code docker.io}
 * @param path repository in the registry, as written
 * @param tag null where none was written
 * @param digest null where none was written
 */
public record ImageReference(String text, @CheckForNull String domain, String path, @CheckForNull String tag, @CheckForNull String digest) {
    public ImageReference {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(path, "path");
    }

    /** Reads a reference as the Docker command line does; violations have the field {@code image}. */
    public static ParseResult<ImageReference> parse(String text) {
        return ImageReferenceParser.parse("image", text);
    }

    /** A text that no reference can be read from, kept as it is: a stored request may have one. */
    public static ImageReference unchecked(String text) {
        return new ImageReference(text, null, text, null, null);
    }

    /** The name in full, as Docker completes it: {@code nginx} is {@code docker.io/library/nginx:latest}. */
    public String canonical() {
        String version = (tag == null ? digest == null ? ":latest" : "" : ":" + tag) + (digest == null ? "" : "@" + digest);
        return canonicalName() + version;
    }

    /** Registry and repository in full, without tag or digest: {@code docker.io/library/nginx}. */
    public String canonicalName() {
        // splitDockerDomain in github.com/distribution/reference, normalize.go.
        boolean hub = domain == null || domain.equals("docker.io") || domain.equals("index.docker.io");
        return hub ? "docker.io/" + (path.contains("/") ? path : "library/" + path) : domain + "/" + path;
    }

    /** The same image as it is known by a digest; its tag, {@code latest} where none was written, stays for people to read. */
    public ImageReference pinned(String sha256) {
        String tagged = tag == null ? text + ":latest" : text;
        return new ImageReference(tagged + "@" + sha256, domain, path, tag == null ? "latest" : tag, sha256);
    }

    @Override
    public String toString() {
        return text;
    }
}
