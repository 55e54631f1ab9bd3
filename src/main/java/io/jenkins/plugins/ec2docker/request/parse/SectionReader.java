package io.jenkins.plugins.ec2docker.request.parse;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.document.DocumentNode;
import io.jenkins.plugins.ec2docker.request.document.DocumentSection;
import io.jenkins.plugins.ec2docker.request.schema.EnvironmentPresets;
import io.jenkins.plugins.ec2docker.request.schema.FieldSchema;
import io.jenkins.plugins.ec2docker.request.schema.SectionRules;
import io.jenkins.plugins.ec2docker.request.schema.SectionShapes;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads {@code environment} and the sections of the blueprints with several instances or tasks, and completes them by what the environment
 * stands for. Blueprint {@code instance} has none of them.
 */
final class SectionReader {
    static final String ENVIRONMENT = "environment";
    static final String NETWORK = "network";
    static final String INSTANCE_TYPE = "instanceType";

    private SectionReader() {}

    /**
     * By name, in the order of {@link SectionShapes}; what was not given, and no environment brings, is not there. To what was stored an
     * environment brings nothing: that was completed when it was accepted, by what the environment stood for then.
     */
    static Map<String, Object> read(DocumentSection fields, String blueprint) {
        Map<String, Object> sections = new LinkedHashMap<>();
        Map<String, FieldSchema> shapes = SectionShapes.OF.get(blueprint);
        if (shapes == null) {
            return sections;
        }
        String environment = fields.get(ENVIRONMENT).text(EnvironmentPresets.ENVIRONMENTS::contains,
                "must be development, staging or production; leave it out to set everything by yourself.");
        String preset = fields.isStored() ? null : environment;
        Map<String, Object> presets = EnvironmentPresets.of(preset, blueprint);
        if (environment != null) {
            sections.put(ENVIRONMENT, environment);
        }
        shapes.forEach((name, shape) -> {
            Object given = shape.read(fields.get(name));
            Object usual = name.equals("database") && given != null ? EnvironmentPresets.database(preset) : presets.get(name);
            Object merged = EnvironmentPresets.merged(given, usual);
            if (merged != null) {
                sections.put(name, merged);
            }
        });
        Object network = EnvironmentPresets.merged(network(fields.get(NETWORK)), ownNetwork(fields, presets));
        if (network instanceof Map<?, ?> map && !map.isEmpty()) {
            sections.put(NETWORK, network);
        }
        SectionRules.check(fields, blueprint, sections);
        return sections;
    }

    /** The instance type of an environment; null where there is none. */
    @CheckForNull
    static String usualInstanceType(DocumentSection fields, Map<String, Object> sections, String blueprint) {
        return fields.isStored() ? null : (String) EnvironmentPresets.of((String) sections.get(ENVIRONMENT), blueprint).get(INSTANCE_TYPE);
    }

    /** The network of an environment is for a VPC of the deployment's own alone. */
    @CheckForNull
    private static Object ownNetwork(DocumentSection fields, Map<String, Object> presets) {
        DocumentNode node = fields.get(NETWORK);
        return node.isMap() && !node.peek("vpcId").isAbsent() ? null : presets.get(NETWORK);
    }

    /** What {@code NetworkSchema} leaves; that has noted unknown fields already. */
    private static Object network(DocumentNode node) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (node.isMap()) {
            SectionShapes.network().forEach((name, shape) -> {
                Object value = shape.read(node.peek(name));
                if (value != null) {
                    values.put(name, value);
                }
            });
        }
        return values;
    }
}
