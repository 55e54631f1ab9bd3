package io.jenkins.plugins.ec2docker.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import io.jenkins.plugins.ec2docker.run.model.StageTime;
import io.jenkins.plugins.ec2docker.run.store.StateSummary;
import io.jenkins.plugins.ec2docker.terraform.documents.ChangeAction;
import io.jenkins.plugins.ec2docker.terraform.documents.PlanSummary;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code --json} prints on standard output: one document, the same keys whatever happened. */
public final class JsonOutput {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    /** Commands whose document is that of a run. */
    private static final List<String> RUNS = List.of("plan", "provision", "rollback", "destroy");

    private JsonOutput() {}

    public static String text(Object document) {
        try {
            return MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Map<String, Object> validation(List<Violation> violations) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("valid", violations.isEmpty());
        document.put("violations", violations.stream().map(JsonOutput::violation).toList());
        return document;
    }

    /** What a command prints that came to nothing: the keys of its result, and why. */
    static Map<String, Object> failure(String command, Complaint complaint) {
        List<Violation> violations =
                complaint.violations().isEmpty() ? List.of(new Violation("", "", complaint.sentence())) : complaint.violations();
        if (command.equals("validate")) {
            return validation(violations);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        if (RUNS.contains(command)) {
            document.putAll(missing(null, null));
        }
        document.put("status", ExitCode.text(complaint.exitCode()));
        document.put("message", complaint.sentence());
        document.put("violations", complaint.violations().stream().map(JsonOutput::violation).toList());
        return document;
    }

    static Map<String, Object> run(RunReport report) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("deployment", report.deployment().name());
        document.put("deploymentId", report.deployment().id());
        document.put("run", report.run().id());
        document.put("status", report.result().status().text());
        document.put("message", report.result().message());
        document.put("outputs", report.deployment().outputs());
        document.put("stages", report.stages().stream().map(JsonOutput::stage).toList());
        document.put("summary", report.run().plan().map(JsonOutput::summary).orElseGet(Map::of));
        return document;
    }

    /** The document of a destruction that found no deployment of that name. */
    static Map<String, Object> missing(@CheckForNull String deployment, @CheckForNull String message) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("deployment", deployment);
        document.put("deploymentId", null);
        document.put("run", null);
        document.put("status", RunResult.Status.SUCCEEDED.text());
        document.put("message", message);
        document.put("outputs", Map.of());
        document.put("stages", List.of());
        document.put("summary", Map.of());
        return document;
    }

    public static Map<String, Object> state(StateSummary version) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", version.number());
        document.put("run", version.runId());
        document.put("restored", version.restored());
        document.put("written", version.written().toString());
        document.put("bytes", version.bytes());
        document.put("serial", version.serial());
        document.put("resources", version.resources());
        return document;
    }

    public static Map<String, Object> deployment(Deployment deployment) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("deployment", deployment.name());
        document.put("deploymentId", deployment.id());
        document.put("blueprint", deployment.blueprint());
        document.put("region", deployment.region());
        document.put("owner", deployment.owner());
        document.put("status", deployment.status().text());
        document.put("created", deployment.created().toString());
        document.put("updated", deployment.updated().toString());
        document.put("expires", deployment.expires() == null ? null : deployment.expires().toString());
        document.put("outputs", deployment.outputs());
        document.put("runs", history(deployment));
        return document;
    }

    public static List<Map<String, Object>> history(Deployment deployment) {
        return deployment.runs().stream().map(run -> runSummary(run, deployment.isServedBy(run))).toList();
    }

    private static Map<String, Object> violation(Violation violation) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("field", violation.field());
        document.put("value", violation.value());
        document.put("message", violation.message());
        return document;
    }

    private static Map<String, Object> stage(StageTime stage) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", stage.stage().text());
        document.put("seconds", stage.seconds());
        return document;
    }

    static Map<String, Object> summary(PlanSummary plan) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("add", plan.add());
        document.put("change", plan.change());
        document.put("replace", plan.replace());
        document.put("destroy", plan.destroy());
        document.put(
                "resources",
                plan.resources().stream().map(JsonOutput::resource).toList());
        return document;
    }

    private static Map<String, Object> resource(PlanSummary.ResourceChange resource) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("address", resource.address());
        document.put("action", word(resource.action()));
        return document;
    }

    /** What is done with a resource, as a verb: {@code create}, {@code replace} … */
    static String word(ChangeAction action) {
        return action.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Map<String, Object> runSummary(RunSummary run, boolean serves) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("run", run.id());
        document.put("purpose", run.purpose().text());
        document.put("by", run.by());
        document.put("started", run.started().toString());
        document.put("ended", run.ended() == null ? null : run.ended().toString());
        document.put("status", run.status());
        document.put("message", run.message());
        document.put("good", run.isGood());
        document.put("serves", serves);
        document.put("request", run.content());
        document.put("backTo", run.backTo());
        return document;
    }
}
