package io.jenkins.plugins.ec2docker.jenkins.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.terraform.documents.PlanSummary;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a step gives to the Jenkinsfile: plain maps, lists, text, numbers and booleans, which a sandboxed script reads and a restart
 * keeps.
 */
final class StepReturnValue {
    /** What the bundled blueprint tells; there also where it is not known, so that a script may ask for it. */
    private static final List<String> USUAL =
            List.of("public_ip", "private_ip", "instance_id", "url", "public_dns", "availability_zone", "security_group_id");

    private static final Pattern UNDERSCORE = Pattern.compile("_([a-z])");
    private static final ObjectMapper JSON = new ObjectMapper();

    private StepReturnValue() {}

    /** @param store where the run is kept */
    static LinkedHashMap<String, Object> of(RunReport report, DeploymentStore store) throws IOException {
        Deployment deployment = report.deployment();
        LinkedHashMap<String, Object> map = new LinkedHashMap<>();
        map.put("deployment", deployment.name());
        map.put("deploymentId", deployment.id());
        map.put("runId", report.run().id());
        map.put("region", deployment.region());
        PlanSummary plan = report.run().plan().orElse(null);
        map.put("changed", plan != null && !plan.isEmpty());
        map.put("message", report.result().message());
        if (report.run().purpose().provisions()) {
            map.put("expires", Optional.ofNullable(deployment.expires()).map(Instant::toString).orElse(null));
            map.put("images", new ArrayList<>(store.images(deployment.name(), report.run().id())));
            putOutputs(map, deployment.outputs());
        } else if (report.run().purpose() == Purpose.PLAN && plan != null) {
            putPlan(map, plan);
        }
        return map;
    }

    /** What a destruction returns that found nothing to destroy: the same keys. */
    static LinkedHashMap<String, Object> ofMissing(String deployment, String message) {
        LinkedHashMap<String, Object> map = new LinkedHashMap<>();
        map.put("deployment", deployment);
        map.put("deploymentId", null);
        map.put("runId", null);
        map.put("region", null);
        map.put("changed", false);
        map.put("message", message);
        return map;
    }

    private static void putOutputs(Map<String, Object> map, Map<String, JsonNode> outputs) {
        LinkedHashMap<String, Object> plain = new LinkedHashMap<>();
        USUAL.forEach(name -> plain.put(name, null));
        outputs.forEach((name, value) -> plain.put(name, JSON.convertValue(value, Object.class)));
        plain.forEach((name, value) -> map.putIfAbsent(camelCase(name), value));
        map.put("outputs", plain);
    }

    private static void putPlan(Map<String, Object> map, PlanSummary plan) {
        map.put("summary", plan.line());
        map.put("add", plan.add());
        map.put("change", plan.change());
        map.put("replace", plan.replace());
        map.put("destroy", plan.destroy());
        map.put("unchanged", plan.unchanged());
        List<Object> resources = new ArrayList<>();
        for (PlanSummary.ResourceChange change : plan.resources()) {
            LinkedHashMap<String, Object> resource = new LinkedHashMap<>();
            resource.put("address", change.address());
            resource.put("type", change.type());
            resource.put("action", change.action().name().toLowerCase(Locale.ROOT));
            resources.add(resource);
        }
        map.put("resources", resources);
    }

    /** {@code public_ip} is {@code publicIp} in Groovy. */
    private static String camelCase(String name) {
        return UNDERSCORE.matcher(name).replaceAll((MatchResult match) -> match.group(1).toUpperCase(Locale.ROOT));
    }
}
