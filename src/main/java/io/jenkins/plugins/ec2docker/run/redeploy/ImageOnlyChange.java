package io.jenkins.plugins.ec2docker.run.redeploy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.model.Container;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Whether an update changes nothing but the images of containers that are there. Pure. */
final class ImageOnlyChange {

    /** Fields of a request that neither the instance nor anything else in AWS shows; containers and users are looked at apart. */
    private static final Set<String> BESIDE =
            Set.of("containers", "users", "requester", "role", "expiresAfter", "schedule", "onFailure", "onImageChange");

    private ImageOnlyChange() {}

    /**
     * @param present as it was rendered last, with its pins
     * @param presentUsers its users file, or null for none
     * @param wanted as it is rendered, with its pins
     * @param wantedUsers its users file, or null for none
     * @return what else it changes, as a part of a sentence; empty if nothing
     */
    static Optional<String> obstacle(ProvisionRequest present, @CheckForNull byte[] presentUsers, ProvisionRequest wanted,
            @CheckForNull byte[] wantedUsers) {
        List<String> fields = changedFields(RequestWriter.of(present), RequestWriter.of(wanted));
        if (!fields.isEmpty()) {
            return Optional.of("of the request, " + String.join(", ", fields) + (fields.size() == 1 ? " has" : " have") + " changed");
        }
        if (!Arrays.equals(bytes(presentUsers), bytes(wantedUsers))) {
            return Optional.of("the users file has changed");
        }
        if (!names(present).equals(names(wanted))) {
            return Optional.of("containers have come, gone or another order");
        }
        for (int i = 0; i < wanted.containers().size(); i++) {
            Container before = present.containers().get(i);
            Container after = wanted.containers().get(i);
            if (!before.equals(after.withImage(before.image()))) {
                return Optional.of("more than the image of container " + after.name() + " has changed");
            }
        }
        return Optional.empty();
    }

    /** The wanted request with the images that there are: what it comes to but for its images. For one without an obstacle. */
    static ProvisionRequest withImagesOf(ProvisionRequest present, ProvisionRequest wanted) {
        List<Container> containers = new ArrayList<>();
        for (int i = 0; i < wanted.containers().size(); i++) {
            containers.add(wanted.containers().get(i).withImage(present.containers().get(i).image()));
        }
        return wanted.withContainers(containers);
    }

    /** The containers that get another image, with it, for people. */
    static List<String> changed(ProvisionRequest present, ProvisionRequest wanted) {
        List<Container> before = present.containers();
        return wanted.containers().stream()
                .filter(container -> !before.contains(container))
                .map(container -> container.name() + " (" + container.image() + ")")
                .toList();
    }

    private static List<String> changedFields(Map<String, Object> present, Map<String, Object> wanted) {
        Set<String> fields = new LinkedHashSet<>(present.keySet());
        fields.addAll(wanted.keySet());
        return fields.stream()
                .filter(field -> !BESIDE.contains(field) && !Objects.equals(present.get(field), wanted.get(field)))
                .toList();
    }

    private static List<String> names(ProvisionRequest request) {
        return request.containers().stream().map(Container::name).toList();
    }

    private static byte[] bytes(@CheckForNull byte[] users) {
        return users == null ? new byte[0] : users;
    }
}
