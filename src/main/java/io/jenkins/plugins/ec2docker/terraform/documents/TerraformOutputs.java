package io.jenkins.plugins.ec2docker.terraform.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The outputs of a configuration by name, in Terraform's order. Null and missing are the same to a reader.
 *
 * @param values each output
 */
public record TerraformOutputs(Map<String, Output> values) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static final TerraformOutputs NONE = new TerraformOutputs(Map.of());

    public TerraformOutputs {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** @param value null where Terraform withholds it, as it does for sensitive ones in events */
    public record Output(@CheckForNull JsonNode value, boolean sensitive) {
        @Override
        public String toString() {
            return sensitive ? "****" : String.valueOf(value);
        }
    }

    /** An output that is there but of another kind than its reader needs: the configuration does not fit this program. */
    public static final class WrongTypeException extends RuntimeException {
        WrongTypeException(String name, String wanted, JsonNode value) {
            super("Output \"" + name + "\" should be " + wanted + " but is " + value.getNodeType().toString().toLowerCase(Locale.ROOT)
                    + ".");
        }
    }

    /** @param json what {@code terraform output -json} printed */
    public static TerraformOutputs read(InputStream json) throws IOException {
        return of(JSON.readTree(json));
    }

    /** @param state a Terraform state, format version 4, in which the outputs stand as of the last apply */
    public static TerraformOutputs ofState(InputStream state) throws IOException {
        return of(JSON.readTree(state).path("outputs"));
    }

    static TerraformOutputs of(JsonNode object) {
        Map<String, Output> values = new LinkedHashMap<>();
        object.properties().forEach(field -> values.put(field.getKey(),
                new Output(field.getValue().get("value"), field.getValue().path("sensitive").asBoolean())));
        return new TerraformOutputs(values);
    }

    public Optional<String> text(String name) {
        return value(name).map(value -> {
            if (!value.isTextual()) {
                throw new WrongTypeException(name, "a string", value);
            }
            return value.textValue();
        });
    }

    public Optional<Number> number(String name) {
        return value(name).map(value -> {
            if (!value.isNumber()) {
                throw new WrongTypeException(name, "a number", value);
            }
            return value.numberValue();
        });
    }

    public Optional<Boolean> bool(String name) {
        return value(name).map(value -> {
            if (!value.isBoolean()) {
                throw new WrongTypeException(name, "true or false", value);
            }
            return value.booleanValue();
        });
    }

    /** Of any type; empty also where Terraform withheld it. */
    public Optional<JsonNode> value(String name) {
        Output output = values.get(name);
        return Optional.ofNullable(output).map(Output::value).filter(value -> !value.isNull());
    }
}
