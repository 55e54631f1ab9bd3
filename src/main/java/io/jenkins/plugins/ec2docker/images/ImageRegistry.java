package io.jenkins.plugins.ec2docker.images;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.values.ImageReference;

/** Where images come from; may be asked about several at once. */
@FunctionalInterface
public interface ImageRegistry {

    /**
     * Asks what an image's tag stands for now, for some seconds at most.
     *
     * @param image one with a tag, or without anything, which means the tag {@code latest}
     */
    Answer digest(ImageReference image) throws InterruptedException;

    /**
     * What came of it.
     *
     * @param digest {@code sha256:} and 64 digits; null where there is none to be had
     * @param reason why there is none, as the end of a sentence that begins with the image; null where there is one
     */
    record Answer(@CheckForNull String digest, @CheckForNull String reason) {
        public static Answer of(String digest) {
            return new Answer(digest, null);
        }

        public static Answer none(String reason) {
            return new Answer(null, reason);
        }
    }
}
