package io.jenkins.plugins.ec2docker.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ec2docker.terraform.Outputs;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which of the blueprint's outputs are about which instance. */
final class GenerationOutputs {

    private static final String INSTANCES = "instances";

    private GenerationOutputs() {}

    /** Of one generation, by the names that the blueprint has for the one that serves. */
    static Outputs of(Outputs told, String generation) {
        Map<String, Outputs.Output> own = new LinkedHashMap<>();
        told.value(INSTANCES).ifPresent(instances ->
                instances.path(generation).properties().forEach(each -> own.put(each.getKey(), new Outputs.Output(each.getValue(), false))));
        return new Outputs(own);
    }

    /** What the deployment tells people: of the instance that serves, which is the only one by then. */
    static Map<String, JsonNode> ofServing(Outputs told) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        told.values().forEach((name, output) -> {
            if (!name.equals(INSTANCES)) {
                values.put(name, output.value());
            }
        });
        return values;
    }
}
