package io.jenkins.plugins.ec2docker.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.clients.ConsoleOutput;
import io.jenkins.plugins.ec2docker.aws.clients.InstanceDescription;
import io.jenkins.plugins.ec2docker.aws.clients.Instances;
import io.jenkins.plugins.ec2docker.aws.clients.StatusChecks;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.blueprint.spec.Generation;
import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Outcome;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.terraform.documents.TerraformOutputs;
import io.jenkins.plugins.ec2docker.verify.HealthCheck;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A verification of an instance whose whole future is written down by seconds, and a clock that moves by nothing but the pauses. No emulator
 * can be led through these orders of events.
 */
final class WaitingInstance implements Instances, HealthCheck {

    static final String ID = "i-0123456789abcdef0";
    static final String RUN = "r-2";
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final SessionCredentials KEYS = SessionCredentials.ofUser("AKIATESTTESTTEST4711", "secret");

    private final TreeMap<Integer, StatusChecks> checks = new TreeMap<>();
    private final TreeMap<Integer, String> consoles = new TreeMap<>();
    private final TreeMap<Integer, Boolean> answers = new TreeMap<>();
    private final TreeMap<Integer, Optional<AwsException>> refusals = new TreeMap<>(Map.of(0, Optional.empty()));

    final List<String> notes = new ArrayList<>();
    final List<Integer> pauses = new ArrayList<>();
    final List<Integer> askedForHealth = new ArrayList<>();
    final List<Integer> askedForConsole = new ArrayList<>();
    int keysAskedFor;

    private Instant now = START;
    private boolean live = true;
    private boolean unknown;
    private String stateReason;
    private String bootRun = RUN;
    private String servedBefore;

    /** EC2's checks from a second on. */
    WaitingInstance checks(int second, String instance, String system) {
        checks.put(second, new StatusChecks("running", instance, system));
        return this;
    }

    WaitingInstance state(int second, String state, String reason) {
        checks.put(second, new StatusChecks(state, "not-applicable", "not-applicable"));
        stateReason = reason;
        return this;
    }

    /** The whole console from a second on. */
    WaitingInstance console(int second, String... lines) {
        consoles.put(second, String.join("\r\n", lines) + "\r\n");
        return this;
    }

    WaitingInstance answers(int second) {
        answers.put(second, true);
        return this;
    }

    WaitingInstance refuses(int from, int to, AwsException refusal) {
        refusals.put(from, Optional.of(refusal));
        refusals.put(to, Optional.empty());
        return this;
    }

    /** Of a type of which AWS does not show the console while it is written. */
    WaitingInstance notLive() {
        live = false;
        return this;
    }

    WaitingInstance unknown() {
        unknown = true;
        return this;
    }

    WaitingInstance bootedBy(String run) {
        bootRun = run;
        return this;
    }

    /** What the deployment's last success told. */
    WaitingInstance servedBefore(String instanceId) {
        servedBefore = instanceId;
        return this;
    }

    /** Waits to the end, for a request with this health, {@code null} for none. */
    Outcome await(String health) throws Exception {
        Verification verification = new Verification(this, this, () -> now, notes::add);
        TerraformOutputs told = TerraformOutputs.read(new ByteArrayInputStream(
                ("{\"instance_id\":{\"value\":\"" + ID + "\"},\"url\":{\"value\":\"http://203.0.113.7:80/up\"}}").getBytes(UTF_8)));
        Optional<Outcome> outcome = verification.begin(told, request(health), deployment(), deployment().boot().runId(), RUN, this::keys);
        while (outcome.isEmpty()) {
            Duration pause = verification.pause();
            pauses.add((int) pause.toSeconds());
            now = now.plus(pause);
            outcome = verification.look();
        }
        return outcome.get();
    }

    /** Seconds since the wait began. */
    int second() {
        return (int) Duration.between(START, now).toSeconds();
    }

    @Override
    public Optional<StatusChecks> status(SessionCredentials credentials, String instanceId) throws AwsException {
        Optional<AwsException> refusal = refusals.floorEntry(second()).getValue();
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        return unknown ? Optional.empty() : Optional.of(checks.floorEntry(second()).getValue());
    }

    @Override
    public Optional<ConsoleOutput> latestConsole(SessionCredentials credentials, String instanceId) {
        askedForConsole.add(second());
        return Optional
                .of(new ConsoleOutput(consoles.isEmpty() || consoles.floorEntry(second()) == null ? "" : consoles.floorEntry(second())
                        .getValue(), now, live));
    }

    @Override
    public Optional<InstanceDescription> describe(SessionCredentials credentials, String instanceId) {
        return Optional.of(new InstanceDescription(instanceId, "", stateReason, null, null));
    }

    @Override
    public Reading look(URI url, Duration limit) {
        askedForHealth.add(second());
        boolean healthy = answers.floorEntry(second()) != null;
        return new Reading(healthy, url + (healthy ? " answers HTTP 200." : " refuses the connection."));
    }

    private SessionCredentials keys() {
        keysAskedFor++;
        return KEYS;
    }

    private Deployment deployment() {
        Deployment deployment = Deployment.begin("web", "web-1", "instance", "eu-central-1", "alice", START)
                .applying(RUN, new Generation("digest", bootRun), null, START);
        return servedBefore == null
                ? deployment
                : deployment.endRun("r-1", new RunResult(RunResult.Status.SUCCEEDED, "", true), false, Deployment.Status.LIVE,
                        Map.of("instance_id", TextNode.valueOf(servedBefore)), START);
    }

    private static ProvisionRequest request(String health) throws Exception {
        String yaml = """
                name: web
                region: eu-central-1
                instanceType: t3.small
                containers: [{image: "nginx:1.27", ports: ["80:80"]}]
                """ + (health == null ? "" : "health: " + health + "\n");
        return RequestParser.parse(DocumentReader.read(yaml, DocumentReader.Format.YAML)).orElseThrow();
    }
}
