package io.jenkins.plugins.ec2docker.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Prints a deployment's outputs as {@code name = value}, one a line, in alphabetical order. */
public final class OutputTable {

    private OutputTable() {}

    public static void print(PrintWriter out, Map<String, JsonNode> outputs) {
        int width = outputs.keySet().stream().mapToInt(String::length).max().orElse(0);
        new TreeMap<>(outputs).forEach((name, value) -> out.printf(Locale.ROOT, "%-" + width + "s = %s%n", name,
                value.isNull() ? "-" : value.isValueNode() ? value.asText() : value.toString()));
    }
}
