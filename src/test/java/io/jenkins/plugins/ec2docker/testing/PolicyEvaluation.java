package io.jenkins.plugins.ec2docker.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Evaluates calls against AWS's service models and the policies of {@code docs/policies} as AWS would, conditions included. The programs that know AWS's rules are in
 * {@code src/test/iam}; its README says how they do it.
 */
public final class PolicyEvaluation {

    private static final Path PROGRAMS = Path.of("src", "test", "iam");
    private static final ObjectMapper JSON = new ObjectMapper();

    private PolicyEvaluation() {}

    /** The recorded checks of all blueprints with each of their options. */
    public static List<ObjectNode> recorded() {
        try {
            return parsed(Files.readAllLines(PROGRAMS.resolve("recorded.jsonl")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A sentence for each of these calls that AWS would refuse: because it is not shaped as AWS's service models say, or because a role with
     * these policies, by their files' names, may not make it.
     */
    public static List<String> refused(RecordedCalls calls, String... policies) {
        String operations = run(python(), PROGRAMS.resolve("wire.py"), calls.lines());
        Stream<String> misshapen = parsed(operations.lines().toList()).stream().flatMap(operation -> operation.path("faults").valueStream()
                .map(fault -> operation.path("service").asText() + " " + operation.path("operation").asText() + ": " + fault.asText()));
        List<ObjectNode> checks = parsed(run("node", PROGRAMS.resolve("authorise.mjs"), operations).lines().toList());
        checks.forEach(check -> with(check, List.of(policies)));
        Stream<String> denied = evaluate(policies(), checks).stream().filter(answer -> !answer.allowed()).map(Answer::sentence);
        return Stream.concat(misshapen, denied).distinct().toList();
    }

    /** The same check for a role that has these policies. */
    public static ObjectNode with(ObjectNode check, Collection<String> policies) {
        check.set("with", JSON.valueToTree(policies));
        return check;
    }

    /** All policies that a role can have, by the names of their files; the key that one of them leaves open is the one of recordings. */
    public static Map<String, JsonNode> policies() {
        Map<String, JsonNode> policies = new TreeMap<>();
        try (Stream<Path> files = Files.list(Path.of("docs", "policies"))) {
            for (Path file : files.filter(file -> !file.endsWith("trust.json")).toList()) {
                policies.put(file.getFileName().toString().replace(".json", ""),
                        JSON.readTree(Files.readString(file).replace("replace-this-key-id", "00000000-0000-0000-0000-000000000000")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return policies;
    }

    /** @param checks each with the names of the policies that the role has */
    public static List<Answer> evaluate(Map<String, JsonNode> policies, List<ObjectNode> checks) {
        JsonNode answers = parsed(List.of(run("node", PROGRAMS.resolve("evaluate.mjs"),
                JSON.createObjectNode().setAll(Map.of("policies", JSON.valueToTree(policies), "checks", JSON.valueToTree(checks)))
                        .toString())
                .trim())).get(0).path("answers");
        List<Answer> read = new ArrayList<>();
        answers.forEach(answer -> read.add(new Answer((ObjectNode) answer)));
        return read;
    }

    /** What is wrong with policies whatever is called: actions, resources and conditions that AWS does not have or does not join. */
    public static List<String> faults(Map<String, JsonNode> policies) {
        return run("node", PROGRAMS.resolve("static.mjs"), JSON.valueToTree(policies).toString()).lines().toList();
    }

    /** What became of one check. */
    public record Answer(ObjectNode json) {

        public boolean allowed() {
            return json.path("allowed").asBoolean();
        }

        /** Statements that allow it, each as {@code FILE#SID}. */
        public List<String> by() {
            return json.path("by").valueStream().map(JsonNode::asText).toList();
        }

        /** Statements that deny it. */
        public List<String> deniedBy() {
            return json.path("denied").valueStream().map(JsonNode::asText).toList();
        }

        public String action() {
            return json.path("action").asText();
        }

        /** The call, the action, the resource, the context, and the statements for that action. */
        public String sentence() {
            return json.path("call").asText() + " needs " + action() + " on " + json.path("resource").asText() + " with "
                    + json.path("context")
                    + ", and no statement of " + json.path("with").valueStream().map(JsonNode::asText).collect(Collectors.joining(", "))
                    + " allows it" + json.path("near").valueStream().map(near -> "\n    not " + near.asText()).collect(Collectors.joining())
                    + (json.has("error") ? "\n    " + json.path("error").asText() : "");
        }
    }

    private static List<ObjectNode> parsed(List<String> lines) {
        List<ObjectNode> nodes = new ArrayList<>();
        try {
            for (String line : lines) {
                nodes.add((ObjectNode) JSON.readTree(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return nodes;
    }

    private static String python() {
        try {
            return MotoPython.find(System.getenv()).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String run(String interpreter, Path program, String input) {
        if (!Files.isDirectory(PROGRAMS.resolve("node_modules"))) {
            throw new IllegalStateException(
                    "the evaluator of IAM policies is not installed; bin/test installs it (npm ci in " + PROGRAMS + ")");
        }
        try {
            Path in = Files.createTempFile("policies", ".in");
            Path out = Files.createTempFile("policies", ".out");
            Path err = Files.createTempFile("policies", ".err");
            try {
                Files.writeString(in, input);
                int status = new ProcessBuilder(interpreter, program.toString())
                        .redirectInput(in.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile()).start().waitFor();
                if (status != 0) {
                    throw new IllegalStateException(program + " ended with " + status + ":\n" + Files.readString(err));
                }
                return Files.readString(out, StandardCharsets.UTF_8);
            } finally {
                for (Path file : List.of(in, out, err)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(interpreter + " could not be run; bin/test installs what is missing", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
