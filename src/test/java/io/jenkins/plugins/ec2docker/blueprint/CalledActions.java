package io.jenkins.plugins.ec2docker.blueprint;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ec2docker.testing.ApiProxy;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Stands before an AWS and notes which actions, as IAM policies name them, are called. */
final class CalledActions implements AutoCloseable {

    /** Services that sign under one name and are allowed under another. */
    private static final Map<String, String> ALLOWED_AS = Map.of("monitoring", "cloudwatch");

    /** Calls that are paths, in the order in which they are tried, and what allows them (service authorization reference). */
    private static final Map<Pattern, String> PATHS = paths();

    private final Set<String> called = ConcurrentHashMap.newKeySet();
    private final Map<String, String> environment;
    private final ApiProxy proxy;

    CalledActions(Moto moto) {
        proxy = new ApiProxy(moto.endpoint(), (call, passage) -> {
            called.add(allowedBy(call.service(), call.action()));
            passage.answer(passage.forward());
        });
        environment = new HashMap<>(moto.environment());
        environment.put("AWS_ENDPOINT_URL", proxy.endpoint().toString());
    }

    /** With which Terraform calls here. */
    Map<String, String> environment() {
        return environment;
    }

    Set<String> names() {
        return new TreeSet<>(called);
    }

    /** What some policies of {@code docs/policies} allow together, and what needs no permission. */
    static Set<String> allowed(String... policies) throws IOException {
        Set<String> allowed = new TreeSet<>(Set.of("sts:GetCallerIdentity"));
        for (String policy : policies) {
            for (JsonNode statement : Variables.of(Files.readString(Path.of("docs", "policies", policy + ".json"))).path("Statement")) {
                JsonNode action = statement.path("Action");
                (action.isTextual() ? Stream.of(action) : action.valueStream()).forEach(each -> allowed.add(each.asText()));
            }
        }
        return allowed;
    }

    @Override
    public void close() {
        proxy.close();
    }

    private static String allowedBy(String service, String action) {
        String prefix = ALLOWED_AS.getOrDefault(service, service);
        if (!action.contains(" ")) {
            return prefix + ":" + action;
        }
        String path = service + " " + action;
        return PATHS.entrySet().stream().filter(each -> each.getKey().matcher(path).matches()).map(Map.Entry::getValue).findFirst().orElse(path);
    }

    private static Map<Pattern, String> paths() {
        Map<String, String> paths = new LinkedHashMap<>();
        paths.put("s3 (GET|PUT|DELETE) /[^/?]+/?\\?policy.*", "s3:$1BucketPolicy");
        paths.put("s3 PUT /[^/?]+/?\\?lifecycle.*", "s3:PutLifecycleConfiguration");
        Map<Pattern, String> compiled = new LinkedHashMap<>();
        paths.forEach((path, action) -> compiled.put(Pattern.compile(path), action));
        return compiled;
    }
}
