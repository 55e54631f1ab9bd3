package io.jenkins.plugins.ec2docker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.cleanup.Ec2AndIamResources;
import io.jenkins.plugins.ec2docker.aws.cleanup.ResourceKind;
import io.jenkins.plugins.ec2docker.aws.cleanup.TaggedResource;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call that AWS carries out after its caller has gone: what comes of it is found by its tags. */
@Execution(ExecutionMode.CONCURRENT)
class LostCallTest {
    private static final SessionCredentials KEYS = SessionCredentials.ofUser("AKIATESTTESTTEST4711", "secret");
    private static final String LOOKING = "Looking for what AWS created but Terraform could not save";

    @TempDir
    Path directory;

    private Moto aws;

    @BeforeEach
    void start() {
        aws = Moto.start();
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CreateRole CreateSecurityGroup AllocateAddress", "RunInstances"})
    void what_is_made_by_a_call_that_an_interrupt_cut_off_is_removed(String atOnce) throws Exception {
        List<String> calls = List.of(atOnce.split(" "));
        calls.forEach(aws::hold);
        EngineProcess engine = provision("destroy");
        calls.forEach(aws::awaitHeld);
        engine.interrupt();
        assertThat(engine.says(LOOKING)).as(engine.said()).isTrue();
        calls.forEach(aws::release);

        assertThat(engine.end()).as(engine.said()).isEqualTo(130);

        assertThat(engine.said()).contains(", which AWS had created but Terraform could not save.");
        assertThat(inAws()).as(engine.said()).isEmpty();
    }

    @Test
    void an_interrupt_while_aws_starts_the_instance_does_not_lose_it() throws Exception {
        aws.hold("DescribeInstances");
        EngineProcess engine = provision("destroy");
        aws.awaitHeld("DescribeInstances");
        engine.interrupt();
        assertThat(engine.says("Interrupted. Waiting for what is under way to end")).as(engine.said()).isTrue();
        aws.release("DescribeInstances");

        assertThat(engine.end()).as(engine.said()).isEqualTo(130);

        assertThat(engine.said()).contains("What had been created was destroyed again.");
        assertThat(inAws()).as(engine.said()).isEmpty();
    }

    @Test
    void it_is_removed_where_the_rest_is_kept_too_so_that_the_next_run_meets_nothing_in_its_way() throws Exception {
        aws.hold("CreateRole");
        EngineProcess engine = provision("keep");
        aws.awaitHeld("CreateRole");
        engine.interrupt();
        assertThat(engine.says(LOOKING)).as(engine.said()).isTrue();
        aws.release("CreateRole");
        assertThat(engine.end()).as(engine.said()).isEqualTo(130);
        assertThat(inAws()).extracting(TaggedResource::kind).doesNotContain(ResourceKind.ROLE);

        EngineProcess second = provision("keep");

        assertThat(second.end()).as(second.said()).isZero();
        assertThat(inAws()).extracting(TaggedResource::kind)
                .containsOnlyOnce(ResourceKind.ROLE, ResourceKind.INSTANCE, ResourceKind.SECURITY_GROUP);
    }

    @Test
    void the_run_after_one_that_was_killed_removes_what_its_last_call_made() throws Exception {
        aws.hold("RunInstances");
        EngineProcess engine = provision("destroy");
        aws.awaitHeld("RunInstances");
        engine.kill();
        EngineProcess.killAllWorking(directory);
        aws.release("RunInstances");
        assertThat(inAws()).extracting(TaggedResource::kind).contains(ResourceKind.INSTANCE);

        EngineProcess second = provision("destroy");

        assertThat(second.end()).as(second.said()).isZero();
        assertThat(second.said()).contains("Removed instance i-");
        assertThat(inAws()).extracting(TaggedResource::kind).containsOnlyOnce(ResourceKind.INSTANCE);
    }

    private EngineProcess provision(String onFailure) throws IOException {
        Path request = directory.resolve("request.yml");
        Files.writeString(
                request,
                """
                name: web
                region: eu-central-1
                instanceType: t3.small
                containers: [{image: "nginx:1.27", ports: ["80:80"]}]
                network: {elasticIp: true}
                onFailure: %s
                """
                        .formatted(onFailure));
        return EngineProcess.start(
                aws.environment(), "provision", request.toString(), "--state-dir", directory.resolve("state").toString(), "--max-retries",
                "5");
    }

    private List<TaggedResource> inAws() throws Exception {
        return new Ec2AndIamResources(AwsSettings.of("eu-central-1", aws.environment())).find(KEYS);
    }
}
