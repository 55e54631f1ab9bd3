package io.jenkins.plugins.ec2docker.blueprint.instance;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ec2docker.terraform.documents.TerraformOutputs;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which of the blueprint's outputs are about which instance. */
public final class GenerationOutputs {

    private static final String INSTANCES = "instances";

    private GenerationOutputs() {}

    /** Of one generation, by the names that the blueprint has for the one that serves. */
    public static TerraformOutputs of(TerraformOutputs told, String generation) {
        Map<String, TerraformOutputs.Output> own = new LinkedHashMap<>();
        told.value(INSTANCES).ifPresent(instances -> instances.path(generation).properties()
                .forEach(each -> own.put(each.getKey(), new TerraformOutputs.Output(each.getValue(), false))));
        return new TerraformOutputs(own);
    }

    /** What the deployment tells people: of the instance that serves, which is the only one by then. */
    public static Map<String, JsonNode> ofServing(TerraformOutputs told) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        told.values().forEach((name, output) -> {
            if (!name.equals(INSTANCES)) {
                values.put(name, output.value());
            }
        });
        return values;
    }
}
