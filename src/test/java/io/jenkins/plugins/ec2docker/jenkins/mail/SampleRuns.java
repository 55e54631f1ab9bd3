package io.jenkins.plugins.ec2docker.jenkins.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import hudson.model.TaskListener;
import io.jenkins.plugins.ec2docker.jenkins.run.LiveRun;
import io.jenkins.plugins.ec2docker.jenkins.run.RunView;
import io.jenkins.plugins.ec2docker.provisioning.Deployment;
import io.jenkins.plugins.ec2docker.provisioning.Purpose;
import io.jenkins.plugins.ec2docker.provisioning.Result;
import io.jenkins.plugins.ec2docker.provisioning.Run;
import io.jenkins.plugins.ec2docker.provisioning.RunReport;
import io.jenkins.plugins.ec2docker.request.OnFailure;
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

    static RunReport report(Purpose purpose, Result.Status status, String name, String message, boolean leftovers) {
        Deployment.Status left = leftovers ? Deployment.Status.LIVE : Deployment.Status.EMPTY;
        Deployment deployment = new Deployment(name, name + "-0a1b2c3d", "instance", "eu-central-1", "alice", "123456789012", left, NOON, NOON,
                NOON.plusSeconds(8 * 3600), null, null, "r1", null, leftovers, OUTPUTS, List.of());
        return new RunReport(
                deployment,
                Run.begin("20261121-1200-abcd", purpose, OnFailure.DESTROY, true),
                new Result(status, message, leftovers),
                List.of());
    }

    static RunReport success() {
        return report(Purpose.PROVISION, Result.Status.SUCCEEDED, "web-shop", "The deployment is as asked for.", true);
    }

    static RunReport failure() {
        return report(Purpose.PROVISION, Result.Status.FAILED, "web-shop", "AWS refused the instance: <no quota> & more.", true);
    }

    static LiveRun live(RunReport report, String by) {
        RunView view = new RunView(report.run().id(), "web", 1, by, report.run().purpose(), report.deployment().name(),
                report.deployment().id(), report.deployment().region(), "", null, report.run(), List.of(), null, null, Map.of(),
                report.deployment().expires(), report.result(), NOON, NOON);
        return new Over(view);
    }

    private record Over(RunView view) implements LiveRun {
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
