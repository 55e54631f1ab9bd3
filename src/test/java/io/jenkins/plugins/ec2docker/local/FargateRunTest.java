package io.jenkins.plugins.ec2docker.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ec2docker.aws.session.EnvironmentCredentials;
import io.jenkins.plugins.ec2docker.platform.Encryption;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.run.RunObserver;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.testing.AwsAnswers;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.MotoExtension;
import io.jenkins.plugins.ec2docker.testing.PolicyEvaluation;
import io.jenkins.plugins.ec2docker.testing.RecordedCalls;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A deployment of blueprint {@code fargate} by the whole engine, with real Terraform and the real AWS provider. */
@ExtendWith(MotoExtension.class)
class FargateRunTest {

    private static final String REQUEST = """
            name: api
            blueprint: fargate
            region: eu-central-1
            containers:
              - name: api
                image: nginx:1.27
                ports: ["8080:8080"]
                user: "10000"
                readOnly: true
                environment: {LOG_LEVEL: info}
                healthcheck: {test: [CMD, wget, -q, "http://localhost:8080/"]}
            network: {nat: none, endpoints: [], flowLogs: false, ingressCidrs: [203.0.113.0/24]}
            expiresAfter: 8h
            task: {cpu: 512, memory: 1024}
            scaling: {min: 2, max: 4}
            """;

    @TempDir
    Path directory;

    private final List<String> notes = new ArrayList<>();
    private Moto moto;
    private RecordedCalls calls;
    private AwsAnswers aws;
    private DeploymentStore store;

    @BeforeEach
    void start(Moto started) {
        moto = started;
        moto.reset();
        calls = new RecordedCalls(moto);
        aws = new AwsAnswers(moto);
        store = new DeploymentStore(directory, Encryption.NONE);
    }

    @AfterEach
    void close() {
        calls.close();
    }

    @Test
    void a_request_becomes_tasks_is_left_alone_is_deployed_anew_tells_what_ecs_took_back_and_goes() throws Exception {
        RunReport first = provisioner().provision(request(REQUEST), null);

        assertThat(first.result()).isEqualTo(new RunResult(RunResult.Status.SUCCEEDED, "Provisioned.", true));
        JsonNode definition = definition(first);
        assertThat(definition.path("cpu").asText()).isEqualTo("512");
        JsonNode container = definition.path("containerDefinitions").path(0);
        assertThat(container.path("image").asText()).isEqualTo("nginx:1.27");
        assertThat(container.path("user").asText()).isEqualTo("10000");
        assertThat(container.path("readonlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.path("healthCheck").path("command").path(1).asText()).isEqualTo("'wget' '-q' 'http://localhost:8080/'");
        assertThat(service(first).path("taskDefinition").asText()).isEqualTo(text(first, "task_definition_arn"));
        assertThat(service(first).path("desiredCount").asInt()).isEqualTo(2);
        assertThat(notes).anyMatch(
                note -> note.matches("2 of 2 tasks of api-[0-9a-f]{8}:1 run, the deployment is COMPLETED; 2 of 2 targets are healthy\\."));

        assertThat(provisioner().drift("api").drifts()).isEmpty();

        RunReport again = provisioner().provision(request(REQUEST), null);

        assertThat(again.result().message()).isEqualTo("Nothing to change.");

        RunReport update = provisioner().provision(request(REQUEST.replace("nginx:1.27", "nginx:1.28").replace("max: 4", "max: 5")), null);

        assertThat(update.result().message()).isEqualTo("Provisioned.");
        assertThat(text(update, "task_definition_arn")).isNotEqualTo(text(first, "task_definition_arn"));
        assertThat(definition(update).path("containerDefinitions").path(0).path("image").asText()).isEqualTo("nginx:1.28");
        assertThat(revisions(update)).as("those of before are deregistered").containsExactly(text(update, "task_definition_arn"));

        rollout(text(update, "service_name"), """
                [{"id": "1", "status": "PRIMARY", "taskDefinition": "%s", "desiredCount": 2, "runningCount": 2, "rolloutState": "COMPLETED"}]
                """.formatted(text(update, "task_definition_arn")));
        RunReport failed = provisioner().provision(request(REQUEST.replace("nginx:1.27", "nginx:bad")), null);

        assertThat(failed.result().status()).isEqualTo(RunResult.Status.FAILED);
        assertThat(failed.result().message()).startsWith("ECS took the deployment of service " + text(update, "service_name") + " back.")
                .endsWith(
                        "The deployment is left as it is and the state is kept: provision again to bring it to a request, or destroy it.");
        assertThat(failed.deployment().status()).isEqualTo(Deployment.Status.INCOMPLETE);
        assertThat(revisions(update)).as("the one that serves again, and the one that did not").hasSize(2)
                .contains(text(update, "task_definition_arn"));
        rollout(text(update, "service_name"), "");

        RunReport gone = provisioner().destroy("api");

        assertThat(revisions(update)).isEmpty();
        assertThat(gone.result()).isEqualTo(new RunResult(RunResult.Status.SUCCEEDED, "Destroyed; nothing is left in AWS.", false));
        assertThat(aws
                .json("ecs", "AmazonEC2ContainerServiceV20141113.DescribeClusters",
                        "{\"clusters\": [\"" + text(update, "cluster_name") + "\"]}")
                .path("clusters").path(0).path("status").asText("INACTIVE")).isEqualTo("INACTIVE");
        assertThat(moto.iam().listRoles(r -> r.pathPrefix("/ec2-docker/")).roles()).isEmpty();
        assertThat(gone.deployment().status()).isEqualTo(Deployment.Status.EMPTY);
        calls.save(Path.of("target", "lives", "fargate-run.jsonl"));
        assertThat(
                PolicyEvaluation.refused(calls, "provisioning-base", "provisioning-network", "provisioning-fargate", "provisioning-runs"))
                .isEmpty();
    }

    private JsonNode definition(RunReport report) {
        return aws.json("ecs", "AmazonEC2ContainerServiceV20141113.DescribeTaskDefinition",
                "{\"taskDefinition\": \"" + text(report, "task_definition_arn") + "\"}").path("taskDefinition");
    }

    private List<String> revisions(RunReport report) {
        return aws.json("ecs", "AmazonEC2ContainerServiceV20141113.ListTaskDefinitions",
                "{\"familyPrefix\": \"" + report.deployment().id() + "\", \"status\": \"ACTIVE\"}").path("taskDefinitionArns").valueStream()
                .map(JsonNode::asText).toList();
    }

    private JsonNode service(RunReport report) {
        return aws.json("ecs", "AmazonEC2ContainerServiceV20141113.DescribeServices", "{\"cluster\": \"" + text(report, "cluster_name")
                + "\", \"services\": [\"" + text(report, "service_name") + "\"]}").path("services").path(0);
    }

    private static String text(RunReport report, String output) {
        return report.deployment().outputs().get(output).asText();
    }

    private void rollout(String service, String deployments) throws Exception {
        HttpRequest told = HttpRequest.newBuilder(moto.endpoint().resolve("/ec2-docker-fixture/rollout/" + service))
                .POST(HttpRequest.BodyPublishers.ofString(deployments)).build();
        assertThat(HttpClient.newHttpClient().send(told, HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(204);
    }

    private LocalEngine provisioner() throws Exception {
        return provisioner(Guardrails.read(DocumentReader
                .read("{regions: [eu-central-1], instanceTypes: [\"t3.*\"], images: [\"nginx:*\"], ingressCidrs: [203.0.113.0/24],"
                        + " maxLifetime: 1d, defaultLifetime: 8h}", DocumentReader.Format.YAML))
                .orElseThrow());
    }

    private LocalEngine provisioner(Guardrails guardrails) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(calls.environment());
        RunSettings settings = new RunSettings(
                null, System.getenv("EC2_DOCKER_PROVIDER_MIRROR"), environment, guardrails, 5, Duration.ofMinutes(1), "alice");
        RunObserver listener = new RunObserver() {
            @Override
            public void note(String sentence) {
                notes.add(sentence);
            }
        };
        return new LocalEngine(store, settings, new EnvironmentCredentials(environment)::find, listener, Clock.systemUTC());
    }

    private static ProvisionRequest request(String yaml) throws Exception {
        return RequestParser.parse(DocumentReader.read(yaml, DocumentReader.Format.YAML)).orElseThrow();
    }
}
