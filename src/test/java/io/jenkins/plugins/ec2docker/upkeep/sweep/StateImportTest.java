package io.jenkins.plugins.ec2docker.upkeep.sweep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.cleanup.Ec2AndIamResources;
import io.jenkins.plugins.ec2docker.aws.cleanup.ResourceKind;
import io.jenkins.plugins.ec2docker.aws.pricing.PriceList;
import io.jenkins.plugins.ec2docker.aws.session.EnvironmentCredentials;
import io.jenkins.plugins.ec2docker.local.LocalEngine;
import io.jenkins.plugins.ec2docker.local.Provisioned;
import io.jenkins.plugins.ec2docker.platform.Encryption;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.run.RunObserver;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.run.store.StateVersions;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** A state that forgot what serves, and the deployment that takes it over again, with real Terraform and the real AWS provider. */
class StateImportTest {
    private static final SessionCredentials KEYS = SessionCredentials.ofUser("AKIATESTTESTTEST4711", "secret");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String REQUEST = """
            {name: web, region: eu-central-1, instanceType: t3.small, containers: [{image: nginx, ports: ["80:80"]}], network: {elasticIp: true}}
            """;

    @TempDir
    Path directory;

    private Moto aws;
    private DeploymentStore store;
    private String serving;

    @BeforeEach
    void a_deployment_that_serves_and_a_state_without_its_instance_address_and_role() throws Exception {
        aws = Provisioned.by(REQUEST).copyTo(directory);
        store = new DeploymentStore(directory, Encryption.NONE);
        RunReport first = Provisioned.by(REQUEST).report();
        serving = first.deployment().outputs().get("instance_id").asText();
        StateVersions states = store.states("web");
        ObjectNode state = (ObjectNode) MAPPER.readTree(states.read(states.latest().orElseThrow()));
        Set<String> forgotten = Set.of(
                "aws_instance", "aws_eip", "aws_eip_association", "aws_iam_role", "aws_iam_role_policy_attachment",
                "aws_iam_instance_profile");
        for (Iterator<JsonNode> each = state.path("resources").iterator(); each.hasNext();) {
            if (forgotten.contains(each.next().path("type").asText())) {
                each.remove();
            }
        }
        state.put("serial", state.path("serial").asInt() + 1);
        states.add(first.run().id(), MAPPER.writeValueAsBytes(state));
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void what_an_earlier_state_knew_is_never_removed_but_taken_over_and_then_it_is_as_if_nothing_had_been() throws Exception {
        List<OrphanedResource> kept = sweep(Sweep.Act.REMOVE);

        assertThat(kept).hasSizeGreaterThanOrEqualTo(4).noneMatch(OrphanedResource::isRemoved).allSatisfy(item -> {
            assertThat(item.knownBy()).isEqualTo(1);
            assertThat(item.kept()).startsWith("state version 1 of its deployment knew it");
        });

        List<OrphanedResource> taken = sweep(Sweep.Act.ADOPT);

        assertThat(taken).hasSameSizeAs(kept).allMatch(OrphanedResource::adopted).extracting(item -> item.resource().kind())
                .contains(ResourceKind.INSTANCE, ResourceKind.VOLUME, ResourceKind.ADDRESS, ResourceKind.ROLE,
                        ResourceKind.INSTANCE_PROFILE);
        assertThat(sweep(Sweep.Act.LOOK)).isEmpty();
        assertThat(store.find("web").orElseThrow().status()).isEqualTo(Deployment.Status.INCOMPLETE);

        RunReport again = provisioner().provision(request(), null);

        assertThat(again.result().message()).isEqualTo("Nothing to change.");
        assertThat(again.deployment().outputs().get("instance_id").asText()).isEqualTo(serving);
        assertThat(again.deployment().status()).isEqualTo(Deployment.Status.LIVE);
        assertThat(provisioner().destroy("web").result().succeeded()).isTrue();
        assertThat(aws.owned("eu-central-1")).isEmpty();
    }

    @Test
    void what_no_state_ever_knew_is_not_taken_over_nor_what_has_something_else_in_its_place() throws Exception {
        StateVersions states = store.states("web");
        String twin;
        try (Ec2Client ec2 = aws.ec2()) {
            var tags = ec2.describeInstances(r -> r.instanceIds(serving)).reservations().get(0).instances().get(0).tags();
            String image = ec2.describeInstances(r -> r.instanceIds(serving)).reservations().get(0).instances().get(0).imageId();
            twin = ec2.runInstances(r -> r.imageId(image).minCount(1).maxCount(1).tagSpecifications(
                    TagSpecification.builder().resourceType(ResourceType.INSTANCE).tags(tags).build()))
                    .instances().get(0).instanceId();
        }
        byte[] whole = states.read(states.list().get(0));
        states.add("run-of-the-twin", new String(whole, UTF_8).replace(serving, twin).getBytes(UTF_8));

        List<OrphanedResource> items = sweep(Sweep.Act.ADOPT);

        assertThat(items).filteredOn(item -> item.resource().id().equals(serving)).singleElement().satisfies(item -> {
            assertThat(item.knownBy()).isNull();
            assertThat(item.adopted()).isFalse();
        });
        assertThat(items).noneMatch(OrphanedResource::adopted);
        assertThat(states.list()).hasSize(3);
        assertThat(store.find("web").orElseThrow().status()).isEqualTo(Deployment.Status.LIVE);
    }

    private List<OrphanedResource> sweep(Sweep.Act act) throws Exception {
        Clock later = Clock.fixed(Instant.now().plus(Duration.ofDays(2)), ZoneOffset.UTC);
        return new Sweep(store, new Ec2AndIamResources(AwsSettings.of("eu-central-1", aws.environment())),
                new PriceList("eu-central-1", aws.environment()), "alice", later, sentence -> {}).run(KEYS, Duration.ofHours(24), act);
    }

    private LocalEngine provisioner() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(aws.environment());
        RunSettings settings = new RunSettings(
                null, System.getenv("EC2_DOCKER_PROVIDER_MIRROR"), environment, Guardrails.UNRESTRICTED, 5, Duration.ofMinutes(1), "alice");
        return new LocalEngine(store, settings, new EnvironmentCredentials(environment)::find, new RunObserver() {}, Clock.systemUTC());
    }

    private static ProvisionRequest request() throws Exception {
        return RequestParser.parse(DocumentReader.read(REQUEST, DocumentReader.Format.YAML)).orElseThrow();
    }
}
