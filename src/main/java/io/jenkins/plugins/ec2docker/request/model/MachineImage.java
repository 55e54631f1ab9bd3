package io.jenkins.plugins.ec2docker.request.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Objects;

/**
 * What the instance boots.
 *
 * @param kind a supported distribution, or an image named by id
 * @param text as in the request: {@code ubuntu-22.04}, {@code ubuntu-24.04}, {@code al2023} or {@code ami-…}; of kind {@link Kind#AMI}, a
 *     stored request may have any other text
 */
public record MachineImage(Kind kind, String text) {
    public MachineImage {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(text, "text");
        if (kind.text != null && !text.equals(kind.text)) {
            throw new IllegalArgumentException("machine image " + text + " is not of kind " + kind);
        }
    }

    /** The supported distributions, and {@link #AMI} for an image given by its id. */
    public enum Kind {
        UBUNTU_22_04("ubuntu-22.04"),
        UBUNTU_24_04("ubuntu-24.04"),
        AL2023("al2023"),
        AMI(null);

        @CheckForNull
        private final String text;

        Kind(@CheckForNull String text) {
            this.text = text;
        }

        /** As in a request; null for {@link #AMI}. */
        @CheckForNull
        public String text() {
            return text;
        }

        /** The image of this kind; not for {@link #AMI}. */
        public MachineImage image() {
            return new MachineImage(this, Objects.requireNonNull(text, "text"));
        }
    }
}
