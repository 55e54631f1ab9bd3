package io.jenkins.plugins.ec2docker.jenkins.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import hudson.model.TaskListener;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunHandle;
import io.jenkins.plugins.ec2docker.jenkins.store.RunSnapshot;
import io.jenkins.plugins.ec2docker.request.model.OnFailure;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.ProvisioningRun;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs that are over, as the engine reports them. */
final class SampleRuns {

    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    static final Map<String, JsonNode> OUTPUTS = Map.of(
            "url", new TextNode("http://203.0.113.7:80/"),
            "public_ip", new TextNode("203.0.113.7"),
            "instance_id", new TextNode("i-0123456789abcdef0"));

    private SampleRuns() {}

    static RunReport report(Purpose purpose, RunResult.Status status, String name, String message, boolean leftovers) {
        Deployment.Status left = leftovers ? Deployment.Status.LIVE : Deployment.Status.EMPTY;
        Deployment deployment =
                Deployment.begin(name, name + "-0a1b2c3d", "instance", "eu-central-1", "alice", NOON).toBuilder()
                        .account("123456789012").status(left).expires(NOON.plusSeconds(8 * 3600)).appliedRun("r1").good(leftovers)
                        .outputs(OUTPUTS).build();
        return new RunReport(
                deployment,
                ProvisioningRun.begin("20261121-1200-abcd", purpose, OnFailure.DESTROY, true),
                new RunResult(status, message, leftovers),
                List.of());
    }

    static RunReport success() {
        return report(Purpose.PROVISION, RunResult.Status.SUCCEEDED, "web-shop", "The deployment is as asked for.", true);
    }

    static RunReport failure() {
        return report(Purpose.PROVISION, RunResult.Status.FAILED, "web-shop", "AWS refused the instance: <no quota> & more.", true);
    }

    static RunHandle live(RunReport report, String by) {
        RunSnapshot view = RunSnapshot.builder(report.run()).job("web", 1, by)
                .deployment(report.deployment().name(), report.deployment().id(), report.deployment().region())
                .expires(report.deployment().expires()).result(report.result()).started(NOON).ended(NOON).build();
        return new Over(view);
    }

    private record Over(RunSnapshot view) implements RunHandle {
        @Override
        public String id() {
            return view.runId();
        }

        @Override
        public void onEnd(Consumer<RunReport> callback) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void attach(TaskListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void detach() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void interrupt(String why) {
            throw new UnsupportedOperationException();
        }
    }
}
