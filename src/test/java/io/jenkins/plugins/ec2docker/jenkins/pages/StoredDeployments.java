package io.jenkins.plugins.ec2docker.jenkins.pages;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Deployments as the store keeps them. */
public final class StoredDeployments {

    private static final RunResult PROVISIONED = new RunResult(RunResult.Status.SUCCEEDED, "Provisioned.", true);

    private StoredDeployments() {}

    /** One that run-1 made, and run-3 changed to something else. */
    public static Deployment changed(String name, String id, Instant updated) {
        Deployment made = live(name, id, updated);
        RunSummary first =
                RunSummary.begin("run-1", Purpose.PROVISION, "alice", made.created()).given("one").end(PROVISIONED, false, updated);
        RunSummary third = RunSummary.begin("run-3", Purpose.PROVISION, "alice", updated).given("two").end(PROVISIONED, false, updated);
        return made.toBuilder().appliedRun("run-3").runs(List.of(first, third)).build();
    }

    /** One that was made an hour ago and changed at the time given. */
    public static Deployment live(String name, String id, Instant updated) {
        return of(name, id, updated, Deployment.Status.LIVE, "http://203.0.113.17/");
    }

    public static Deployment of(String name, String id, Instant updated, Deployment.Status status, String url) {
        Instant created = updated.minus(Duration.ofHours(1));
        return Deployment.begin(name, id, "instance", "eu-central-1", "alice", created).toBuilder()
                .account("123456789012").status(status).updated(updated).expires(updated.plus(Duration.ofHours(7))).appliedRun("run-1")
                .good(true)
                .outputs(Map.of("url", new TextNode(url)))
                .runs(List
                        .of(RunSummary.begin("run-1", Purpose.PROVISION, "alice (web-shop #1)", created).ofBuild(1)
                                .end(PROVISIONED, false, updated)))
                .build();
    }
}
