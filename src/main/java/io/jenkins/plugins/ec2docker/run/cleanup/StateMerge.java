package io.jenkins.plugins.ec2docker.run.cleanup;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.cleanup.ResourceKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Gives a state back what an earlier one knew of, as after the wrong version was brought back. Pure.
 *
 * <p>What is taken over is taken as Terraform wrote it, with all that it needs to go on with it. Where the state has something else at its
 * place, it stays away: two things cannot be in one place. What has no tags of its own, such as an attachment, comes with what has.
 */
public final class StateMerge {

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(SerializationFeature.INDENT_OUTPUT);
    private static final Set<String> TAGGED =
            Arrays.stream(ResourceKind.values()).map(ResourceKind::terraformType).collect(Collectors.toSet());

    /** The key of what is known by its ARN has no type. */
    private static final String BY_ARN = key("", "");

    private final ObjectNode state;
    private final Set<String> places = new HashSet<>();

    /** @param state the latest, as Terraform wrote it */
    public StateMerge(byte[] state) throws IOException {
        this.state = (ObjectNode) MAPPER.readTree(state);
        for (JsonNode resource : resources(this.state)) {
            for (JsonNode instance : resource.path("instances")) {
                places.add(place(resource, instance));
            }
        }
    }

    /**
     * Takes what is wanted from an earlier state, where it knows it.
     *
     * @param wanted what a resource is called by {@link #key}
     * @return those of them that were taken
     */
    public Set<String> take(byte[] earlier, Set<String> wanted) throws IOException {
        Set<String> taken = new HashSet<>();
        List<JsonNode[]> companions = new ArrayList<>();
        for (JsonNode resource : resources(MAPPER.readTree(earlier))) {
            for (JsonNode instance : resource.path("instances")) {
                String type = resource.path("type").asText();
                String key = key(type, instance.path("attributes").path("id").asText());
                StateArns itself = new StateArns().add(instance);
                List<String> byArn = wanted.stream()
                        .filter(each -> each.startsWith(BY_ARN) && itself.knows(each.substring(BY_ARN.length())))
                        .toList();
                if (!byArn.isEmpty()) {
                    if (put(resource, instance)) {
                        taken.addAll(byArn);
                    }
                } else if (!TAGGED.contains(type) && resource.path("mode").asText().equals("managed")) {
                    companions.add(new JsonNode[] {resource, instance});
                } else if (wanted.contains(key) && put(resource, instance)) {
                    taken.add(key);
                }
            }
        }
        if (!taken.isEmpty()) {
            // One that is gone from AWS meanwhile is dropped by Terraform's next refresh.
            companions.forEach(each -> put(each[0], each[1]));
        }
        return taken;
    }

    /** What the state has become, newer than it was. */
    public byte[] state() throws IOException {
        ObjectNode newer = state.deepCopy();
        newer.put("serial", state.path("serial").asLong() + 1);
        return MAPPER.writeValueAsBytes(newer);
    }

    public static String key(String type, @CheckForNull String id) {
        return type + "/" + id;
    }

    private boolean put(JsonNode resource, JsonNode instance) {
        if (!places.add(place(resource, instance))) {
            return false;
        }
        for (JsonNode there : resources(state)) {
            if (name(there).equals(name(resource))) {
                ((ArrayNode) there.path("instances")).add(instance);
                return true;
            }
        }
        ObjectNode entry = resource.deepCopy();
        entry.putArray("instances").add(instance);
        state.withArrayProperty("resources").add(entry);
        return true;
    }

    private static List<JsonNode> resources(JsonNode state) {
        return StreamSupport.stream(state.path("resources").spliterator(), false).toList();
    }

    private static String name(JsonNode resource) {
        return String.join(".", resource.path("module").asText(), resource.path("mode").asText(), resource.path("type").asText(),
                resource.path("name").asText());
    }

    /** A deposed one has its place beside the one that followed it. */
    private static String place(JsonNode resource, JsonNode instance) {
        return name(resource) + instance.path("index_key") + instance.path("deposed").asText();
    }
}
