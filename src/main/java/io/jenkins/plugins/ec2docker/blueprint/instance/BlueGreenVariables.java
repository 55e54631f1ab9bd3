package io.jenkins.plugins.ec2docker.blueprint.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ec2docker.terraform.command.WorkspaceFiles;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The workspace of an update in which a new instance runs beside the one that serves, until it is known which of the two stays. Pure.
 *
 * <p>The variables that Terraform takes by itself name both: the one that serves exactly as it was applied last, tags included, so that
 * nothing happens to it but that ports are opened. {@link WorkspaceFiles#CUTOVER} are the request's own variables. {@link WorkspaceFiles#RETREAT} are those of both
 * without the new one, and so what was there before.
 */
public final class BlueGreenVariables {

    private static final String RETAINED_USER_DATA = "retained/user-data";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private BlueGreenVariables() {}

    /**
     * @param next what the request comes to by itself
     * @param present what the generation that serves was applied with last
     * @param serving its key
     * @throws IOException if the present configuration does not name that generation
     */
    public static WorkspaceFiles workspace(WorkspaceFiles next, WorkspaceFiles present, String serving) throws IOException {
        ObjectNode wanted = variables(next);
        ObjectNode had = variables(present);
        JsonNode generation = had.path("generations").path(serving);
        byte[] userData = present.contents().get(generation.path("user_data_file").asText());
        if (!generation.isObject() || userData == null) {
            throw new IOException("The stored configuration names no instance " + serving + ", which serves.");
        }
        ObjectNode retained = generation.deepCopy();
        retained.put("user_data_file", RETAINED_USER_DATA);
        ObjectNode retreat = wanted.deepCopy();
        retreat.putObject("generations").set(serving, retained);
        retreat.put("serving", serving);
        retreat.set("tags", had.path("tags"));
        ObjectNode both = retreat.deepCopy();
        both.withObjectProperty("generations").setAll((ObjectNode) wanted.path("generations"));

        Map<String, byte[]> contents = new LinkedHashMap<>(next.contents());
        contents.put(WorkspaceFiles.VARIABLES, MAPPER.writeValueAsBytes(both));
        contents.put(WorkspaceFiles.CUTOVER, MAPPER.writeValueAsBytes(wanted));
        contents.put(WorkspaceFiles.RETREAT, MAPPER.writeValueAsBytes(retreat));
        contents.put(RETAINED_USER_DATA, userData);
        return new WorkspaceFiles(contents);
    }

    private static ObjectNode variables(WorkspaceFiles files) throws IOException {
        return (ObjectNode) MAPPER.readTree(files.contents().get(WorkspaceFiles.VARIABLES));
    }
}
