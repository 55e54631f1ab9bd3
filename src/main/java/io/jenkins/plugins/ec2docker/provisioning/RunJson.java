package io.jenkins.plugins.ec2docker.provisioning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;

/** A run as text and back, so that it outlives the process that drives it. */
public final class RunJson {

    private static final ObjectMapper MAPPER = StoredJson.mapper();

    private RunJson() {}

    public static String write(Run run) {
        try {
            return MAPPER.writeValueAsString(run);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws JsonProcessingException if the text is not a run, such as one cut short */
    public static Run read(String json) throws JsonProcessingException {
        return MAPPER.readValue(json, Run.class);
    }
}
