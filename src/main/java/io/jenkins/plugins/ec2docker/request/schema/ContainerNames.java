package io.jenkins.plugins.ec2docker.request.schema;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.document.DocumentNode;
import io.jenkins.plugins.ec2docker.request.values.ImageReference;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Gives each container a name of its own: the one that was given, else one made from the image. */
final class ContainerNames {
    /**
     * Docker's rule for containers (RestrictedNameChars in moby/moby, daemon/names), which is within Compose's for services
     * ({@code ^[a-zA-Z0-9._-]+$} in compose-spec's schema).
     */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");

    /** The name is also the host name under which the other containers reach this one: RFC 1035, 2.3.4. */
    private static final int LONGEST = 63;

    private final Map<String, String> pathsByName = new HashMap<>();

    /** The name that was given; null where none was, or a wrong one. */
    @CheckForNull
    String read(DocumentNode node) {
        String name = node.text(text -> text.length() <= LONGEST && NAME.matcher(text).matches(),
                "must be 2 to 63 letters, digits and characters of _ . -, beginning with a letter or digit; for example web.");
        if (name == null) {
            return null;
        }
        String other = pathsByName.putIfAbsent(name, node.path());
        return other == null ? name : node.refuse(name, "is the name that " + other + " has already; choose another one.");
    }

    /** The last part of the image's path, numbered where that is taken or too short for Docker. */
    String from(ImageReference image) {
        String last = image.path().substring(image.path().lastIndexOf('/') + 1);
        String stem = last.substring(0, Math.min(last.length(), LONGEST - 3));
        String name = stem;
        for (int number = stem.length() < 2 ? 1 : 2; name.length() < 2 || pathsByName.containsKey(name); number++) {
            name = stem + "-" + number;
        }
        pathsByName.put(name, "");
        return name;
    }
}
