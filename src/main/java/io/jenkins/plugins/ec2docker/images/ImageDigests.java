package io.jenkins.plugins.ec2docker.images;

import io.jenkins.plugins.ec2docker.request.model.Container;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.values.ImageReference;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the tags of a run's images stood for when the run began, so that what was verified is what runs.
 *
 * @param digests by the image's name in full, {@code docker.io/library/nginx:1.27}
 */
public record ImageDigests(Map<String, String> digests) {

    public static final ImageDigests NONE = new ImageDigests(Map.of());

    public ImageDigests {
        // Sorted, so that every process writes the same file.
        digests = Collections.unmodifiableMap(new TreeMap<>(digests));
    }

    /** A digest of the user's own is a pin already. */
    public static List<ImageReference> pinnable(ProvisionRequest request) {
        Map<String, ImageReference> images = new TreeMap<>();
        request.containers().stream()
                .map(Container::image)
                .filter(image -> image.digest() == null)
                .forEach(image -> images.putIfAbsent(image.canonical(), image));
        return List.copyOf(images.values());
    }

    /** The request as it is rendered. The one that is stored and judged stays as the user wrote it. */
    public ProvisionRequest applied(ProvisionRequest request) {
        return digests.isEmpty() ? request : request.withContainers(request.containers().stream().map(this::applied).toList());
    }

    private Container applied(Container container) {
        ImageReference image = container.image();
        String digest = image.digest() == null ? digests.get(image.canonical()) : null;
        return digest == null ? container : container.withImage(image.pinned(digest));
    }
}
