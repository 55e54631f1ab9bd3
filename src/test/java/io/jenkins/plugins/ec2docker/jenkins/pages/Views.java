package io.jenkins.plugins.ec2docker.jenkins.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.ec2docker.jenkins.store.RunSnapshot;
import io.jenkins.plugins.ec2docker.request.model.OnFailure;
import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.run.model.Outcome;
import io.jenkins.plugins.ec2docker.run.model.ProvisioningRun;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.run.model.StageTime;
import io.jenkins.plugins.ec2docker.terraform.documents.ChangeAction;
import io.jenkins.plugins.ec2docker.terraform.documents.PlanSummary;
import io.jenkins.plugins.ec2docker.terraform.events.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Views of runs at moments that a test names. */
public final class Views {

    public static final String HOSTILE = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";

    private static final List<String> RESOURCES = List.of(
            "aws_iam_role.this", "aws_iam_role_policy_attachment.ssm", "aws_iam_instance_profile.this", "aws_security_group.this",
            "aws_vpc_security_group_ingress_rule.published[\"tcp-80-0.0.0.0/0\"]", "aws_vpc_security_group_egress_rule.all",
            "aws_instance.this");

    private Views() {}

    static PlanSummary plan() {
        List<PlanSummary.ResourceChange> changes = RESOURCES.stream()
                .map(address -> new PlanSummary.ResourceChange(address, address.substring(0, address.indexOf('.')), ChangeAction.CREATE,
                        null))
                .toList();
        return new PlanSummary(changes.size(), 0, 0, 0, 0, changes);
    }

    /** Two minutes long, ended half an hour ago. */
    public static RunSnapshot succeeded(String runId, String deployment) {
        Instant start = Instant.now().minus(Duration.ofMinutes(32));
        ProvisioningRun run = applied(runId, start).ended(Action.APPLY, Outcome.done(), start.plusSeconds(38));
        run = run.started(Action.VERIFY, start.plusSeconds(38)).ended(Action.VERIFY, Outcome.done(), start.plusSeconds(121));
        Map<String, JsonNode> outputs = new LinkedHashMap<>();
        outputs.put("url", new TextNode("http://203.0.113.17/"));
        outputs.put("public_ip", new TextNode("203.0.113.17"));
        outputs.put("public_dns", new TextNode("ec2-203-0-113-17.compute-1.amazonaws.com"));
        outputs.put("instance_id", new TextNode("i-0a1b2c3d4e5f60718"));
        return view(run, deployment, start).stages(StageTime.of(run, start.plusSeconds(121))).outputs(outputs)
                .expires(start.plus(Duration.ofHours(8)))
                .result(new RunResult(RunResult.Status.SUCCEEDED, "Provisioned.", true)).ended(start.plusSeconds(121)).build();
    }

    /** Terraform creates the instance at this moment. */
    public static RunSnapshot applying(String runId, String deployment) {
        Instant start = Instant.now().minusSeconds(21);
        ProvisioningRun run = applied(runId, start);
        Progress progress = new Progress(
                7, 4, 0, 0,
                List.of(
                        new Progress.Operation("aws_instance.this", ChangeAction.CREATE, Instant.now().minusSeconds(9).toString(), 0),
                        new Progress.Operation(RESOURCES.get(5), ChangeAction.CREATE, Instant.now().minusSeconds(2).toString(), 0)),
                0, 0);
        return view(run, deployment, start).stages(StageTime.of(run, Instant.now())).progress(progress)
                .expires(start.plus(Duration.ofHours(8))).build();
    }

    public static RunSnapshot failed(String runId, String deployment, String message) {
        Instant start = Instant.now().minus(Duration.ofMinutes(5));
        ProvisioningRun run =
                applied(runId, start).ended(Action.APPLY, Outcome.failed(message).withStateEmpty(false), start.plusSeconds(31));
        run = run.started(Action.DESTROY, start.plusSeconds(31)).ended(Action.DESTROY, Outcome.done().withStateEmpty(true),
                start.plusSeconds(58));
        return view(run, deployment, start).stages(StageTime.of(run, start.plusSeconds(58)))
                .result(new RunResult(RunResult.Status.FAILED, message + " What had been created was destroyed again.", false))
                .ended(start.plusSeconds(58)).build();
    }

    /** Begun this moment, with nothing done yet. */
    public static RunSnapshot destroying(String runId, String deployment) {
        Instant start = Instant.now();
        ProvisioningRun run = ProvisioningRun.begin(runId, Purpose.DESTROY, OnFailure.KEEP, false).started(Action.PREPARE, start);
        return view(run, deployment, start).job("web-shop", 1, "bob (web-shop #1)").stages(StageTime.of(run, start)).build();
    }

    /** Every text that comes from outside is an attack. */
    public static RunSnapshot hostile(String runId) {
        RunSnapshot view = failed(runId, "web", HOSTILE);
        PlanSummary plan = new PlanSummary(
                1, 0, 0, 0, 0, List.of(new PlanSummary.ResourceChange("aws_instance.this[\"" + HOSTILE + "\"]", "aws_instance",
                        ChangeAction.CREATE, null)));
        Map<String, JsonNode> outputs = new LinkedHashMap<>();
        outputs.put("url", new TextNode("javascript:document.title='owned'"));
        outputs.put(HOSTILE, new TextNode(HOSTILE));
        outputs.put("other", new TextNode("https://example.com/\"onmouseover=\"document.title='owned'"));
        return RunSnapshot.builder(view.run()).job("web-shop", 1, HOSTILE).deployment(HOSTILE, "web-3f9a1c20", HOSTILE)
                .stages(view.stages())
                .progress(new Progress(2, 0, 0, 0, List.of(new Progress.Operation(HOSTILE, ChangeAction.CREATE, HOSTILE, 3)), 0, 0))
                .plan(plan).outputs(outputs).result(view.result()).started(view.started()).ended(view.ended()).build();
    }

    /** The same, but under way. */
    public static RunSnapshot underWay(RunSnapshot view) {
        return RunSnapshot.builder(view.run()).job(view.job(), view.build(), view.by())
                .deployment(view.deployment(), view.deploymentId(), view.region()).node(view.node()).stages(view.stages())
                .progress(view.progress()).plan(view.plan()).outputs(view.outputs()).expires(view.expires()).started(view.started())
                .build();
    }

    private static RunSnapshot.Builder view(ProvisioningRun run, String deployment, Instant start) {
        return RunSnapshot.builder(run).job("web-shop", 1, "alice (web-shop #1)")
                .deployment(deployment, deployment + "-3f9a1c20", "eu-central-1").progress(Progress.NONE).started(start);
    }

    /** The same, with another run. */
    public static RunSnapshot with(RunSnapshot view, ProvisioningRun run) {
        return new RunSnapshot(
                view.runId(), view.job(), view.build(), view.by(), view.purpose(), view.deployment(), view.deploymentId(), view.region(),
                view.node(), null, run, view.stages(), view.progress(), view.plan(), view.outputs(), view.expires(), view.result(),
                view.started(), view.ended());
    }

    /** The same, with so many operations of a command. */
    public static RunSnapshot progress(RunSnapshot view, int total, int done, int failed) {
        return new RunSnapshot(
                view.runId(), view.job(), view.build(), view.by(), view.purpose(), view.deployment(), view.deploymentId(), view.region(),
                view.node(), null, view.run(), view.stages(), new Progress(total, done, failed, 0, List.of(), 0, 0), view.plan(),
                view.outputs(), view.expires(), view.result(), view.started(), view.ended());
    }

    /** One that makes an instance beside the one that serves, at its apply. */
    public static ProvisioningRun handover(String runId) {
        return applied(runId, Instant.now().minusSeconds(21), true);
    }

    private static ProvisioningRun applied(String runId, Instant start) {
        return applied(runId, start, false);
    }

    private static ProvisioningRun applied(String runId, Instant start, boolean handover) {
        return ProvisioningRun.begin(runId, Purpose.PROVISION, OnFailure.DESTROY, true)
                .started(Action.PREPARE, start)
                .started(Action.ASSUME_ROLE, start)
                .ended(Action.PREPARE, Outcome.prepared(handover), start.plusMillis(60))
                .started(Action.INIT, start.plusMillis(60))
                .ended(Action.ASSUME_ROLE, Outcome.done(), start.plusMillis(420))
                .ended(Action.INIT, Outcome.done(), start.plusMillis(760))
                .started(Action.VALIDATE, start.plusMillis(760))
                .started(Action.PLAN, start.plusMillis(760))
                .ended(Action.VALIDATE, Outcome.done(), start.plusMillis(3900))
                .ended(Action.PLAN, Outcome.done(), start.plusMillis(6200))
                .started(Action.REVIEW, start.plusMillis(6200))
                .ended(Action.REVIEW, Outcome.reviewed(plan(), false), start.plusMillis(7800))
                .started(Action.APPLY, start.plusMillis(7800));
    }

    /** A request with a secret in it, as only a careless source would hand it over. */
    public static Map<String, Object> request() {
        return Map.of(
                "name", "web",
                "region", "eu-central-1",
                "instanceType", "t3.small",
                "containers", List.of(
                        new LinkedHashMap<>(Map.of(
                                "name", "nginx", "image", "nginx:1.27", "ports", List.of("80:80"), "environment",
                                Map.of("DB_PASSWORD", "hunter2-sentinel")))),
                "role", new LinkedHashMap<>(Map.of("arn", "arn:aws:iam::123456789012:role/deploy", "externalId", "external-sentinel")),
                "expiresAfter", "8h");
    }
}
