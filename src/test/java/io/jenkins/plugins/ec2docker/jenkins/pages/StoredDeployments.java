package io.jenkins.plugins.ec2docker.jenkins.pages;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Deployments as the store keeps them. */
public final class StoredDeployments {

    private StoredDeployments() {}

    /** One that run-1 made, and run-3 changed to something else. */
    public static Deployment changed(String name, String id, Instant updated) {
        Deployment made = live(name, id, updated);
        return new Deployment(
                name, id, made.blueprint(), made.region(), made.owner(), made.account(), made.status(), made.created(), updated,
                made.expires(),
                null, null, "run-3", null, true, made.outputs(),
                List.of(
                        new RunSummary("run-1", Purpose.PROVISION, "alice", made.created(), updated, "succeeded", "Provisioned.", "one",
                                false, null),
                        new RunSummary("run-3", Purpose.PROVISION, "alice", updated, updated, "succeeded", "Provisioned.", "two", false,
                                null)));
    }

    /** One that was made an hour ago and changed at the time given. */
    public static Deployment live(String name, String id, Instant updated) {
        return of(name, id, updated, Deployment.Status.LIVE, "http://203.0.113.17/");
    }

    public static Deployment of(String name, String id, Instant updated, Deployment.Status status, String url) {
        Instant created = updated.minus(Duration.ofHours(1));
        return new Deployment(
                name, id, "instance", "eu-central-1", "alice", "123456789012", status, created, updated, updated.plus(Duration.ofHours(7)),
                null,
                null, "run-1", null, true, Map.of("url", new TextNode(url)),
                List.of(new RunSummary("run-1", Purpose.PROVISION, "alice (web-shop #1)", created, updated, "succeeded", "Provisioned.",
                        null, false, null)));
    }
}
