package io.jenkins.plugins.ec2docker.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A policy of {@code docs/policies/}, as administrators paste it. */
record PolicyFile(String name, JsonNode json) {
    static PolicyFile of(String name) {
        try {
            return new PolicyFile(name, new ObjectMapper().readTree(Path.of("docs", "policies", name + ".json").toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<JsonNode> statements() {
        List<JsonNode> statements = new ArrayList<>();
        json.path("Statement").forEach(statements::add);
        return statements;
    }

    Stream<String> actions() {
        return statements().stream().flatMap(statement -> texts(statement.path("Action")));
    }

    static Stream<String> texts(JsonNode textOrList) {
        return textOrList.isTextual()
                ? Stream.of(textOrList.asText())
                : StreamSupport.stream(textOrList.spliterator(), false).map(JsonNode::asText);
    }
}
