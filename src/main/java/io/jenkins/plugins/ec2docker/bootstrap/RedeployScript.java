package io.jenkins.plugins.ec2docker.bootstrap;

import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What brings other images to the containers of an instance that has booted, to be run there as root: the script {@code redeploy.sh}. It
 * carries the images' names alone, so that no secret of a request is in it, and the Compose file there becomes what {@link Bootstrap}
 * renders for the request. No text of a user is part of the line that a shell reads: it is base64 of gzip, and so are the names within.
 *
 * @param request what the instance is to serve; its containers and its health are waited for as at a boot
 * @param mark names this redeployment in its lines: 1 to 64 letters, digits, {@code .}, {@code _} and {@code -}
 * @param turn greater for what is sent later: of two the later one has its way
 * @param pulls whether images are pulled before the containers are touched, and the file before comes back where these do not get well;
 *     false to bring back what the instance had
 */
public record RedeployScript(ProvisionRequest request, String mark, long turn, boolean pulls) {
    private static final Pattern MARK = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public RedeployScript {
        Objects.requireNonNull(request, "request");
        if (!MARK.matcher(mark).matches() || turn < 0) {
            throw new IllegalArgumentException("mark " + mark + " is not of the form " + MARK + ", or turn " + turn + " is negative");
        }
    }

    /** The script. */
    String script() {
        Map<String, String> assignments = new LinkedHashMap<>(Bootstrap.waiting(request));
        assignments.put("RUN_ID", mark);
        assignments.put("TURN", Long.toString(turn));
        assignments.put("PULL", pulls ? "yes" : "no");
        assignments.put("IMAGES", BootScript.payload(images().getBytes(StandardCharsets.UTF_8)));
        return BootScript.redeployment(assignments);
    }

    /** One line for {@code sh}; about 6 kB. */
    public String command() {
        return "exec bash -c \"$(printf %s '" + BootScript.payload(script().getBytes(StandardCharsets.UTF_8))
                + "' | base64 -d | gzip -dc)\"";
    }

    /** Neither a container's name nor an image's has a quotation mark. */
    private String images() {
        return request.containers().stream()
                .map(container -> '"' + container.name() + "\" \"" + container.image() + "\"\n")
                .collect(Collectors.joining());
    }
}
