package io.jenkins.plugins.ec2docker.aws.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.aws.AwsWire;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.MotoExtension;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

@ExtendWith(MotoExtension.class)
class Ec2InstancesTest {
    private static final String DEPLOYMENT = "ec2-docker:deployment";
    private static final SessionCredentials CALLER = SessionCredentials.ofUser("AKIATESTTESTTEST4711", "user-secret");

    @Test
    void an_instance_is_seen_as_aws_sees_it(Moto moto) throws Exception {
        Instance launched = launch(moto, "shop-0a1b2c3d");

        InstanceDescription seen = new Ec2Instances(settings(moto)).describe(CALLER, launched.instanceId()).orElseThrow();

        assertThat(seen.id()).isEqualTo(launched.instanceId());
        assertThat(seen.state()).isEqualTo("running");
        assertThat(seen.stateReason()).isNullOrEmpty();
        assertThat(seen.publicIp()).matches("[0-9.]+");
        assertThat(seen.publicDns()).isEqualTo(launched.publicDnsName());
    }

    @Test
    void a_terminated_instance_is_gone_but_still_seen(Moto moto) throws Exception {
        Instance instance = launch(moto, "gone-44444444");
        try (Ec2Client ec2 = moto.ec2()) {
            ec2.terminateInstances(request -> request.instanceIds(instance.instanceId()));
        }

        assertThat(new Ec2Instances(settings(moto)).describe(CALLER, instance.instanceId()))
                .hasValueSatisfying(seen -> assertThat(seen.state()).isEqualTo("terminated"));
    }

    @Test
    void an_instance_that_aws_does_not_know_is_no_failure(Moto moto) throws Exception {
        assertThat(new Ec2Instances(settings(moto)).describe(CALLER, "i-0123456789abcdef0")).isEmpty();
        assertThat(new Ec2Instances(settings(moto)).latestConsole(CALLER, "i-0123456789abcdef0")).isEmpty();
        assertThat(new Ec2Instances(settings(moto)).status(CALLER, "i-0123456789abcdef0")).isEmpty();
    }

    @Test
    void status_checks_are_told_in_any_state(Moto moto) throws Exception {
        Ec2Instances instances = new Ec2Instances(settings(moto));
        String id = launch(moto, "checked-66666666").instanceId();

        assertThat(instances.status(CALLER, id)).contains(new StatusChecks("running", "ok", "ok"));
        moto.checks(id, "impaired");
        assertThat(instances.status(CALLER, id)).hasValueSatisfying(checks -> assertThat(checks.passed()).isFalse());
        moto.take(id, "Server.SpotInstanceTermination: Spot instance termination");
        assertThat(instances.status(CALLER, id)).contains(new StatusChecks("terminated", "not-applicable", "not-applicable"));
        assertThat(instances.describe(CALLER, id).orElseThrow().stateReason())
                .isEqualTo("Server.SpotInstanceTermination: Spot instance termination");
    }

    @Test
    void the_console_of_an_instance_is_text(Moto moto) throws Exception {
        assertThat(new Ec2Instances(settings(moto)).latestConsole(CALLER, launch(moto, "console-55555555").instanceId()))
                .hasValueSatisfying(console -> assertThat(console.text()).isNotBlank().doesNotEndWith("="));
    }

    @Test
    void the_newest_output_is_asked_for() throws Exception {
        try (AwsWire aws = new AwsWire().thenRecorded("console")) {
            assertThat(new Ec2Instances(aws.settings()).latestConsole(CALLER, "i-0123456789abcdef0"))
                    .contains(new ConsoleOutput("boot\nec2-docker: ready (run 17)\n", Instant.parse("2026-10-14T01:12:41Z"), true));
            assertThat(aws.asked()).singleElement().satisfies(form -> assertThat(form).containsEntry("Latest", "true"));
        }
    }

    @Test
    void an_instance_type_without_newest_output_gives_what_it_has() throws Exception {
        try (AwsWire aws = new AwsWire().thenRecorded("console-latest-unsupported").thenRecorded("console")) {
            assertThat(new Ec2Instances(aws.settings()).latestConsole(CALLER, "i-0123456789abcdef0"))
                    .hasValueSatisfying(console -> assertThat(console.live()).isFalse());
            assertThat(aws.asked()).hasSize(2);
            assertThat(aws.asked().get(1)).doesNotContainKey("Latest");
        }
    }

    @Test
    void an_instance_that_has_printed_nothing_yet_has_an_empty_console() throws Exception {
        try (AwsWire aws = new AwsWire().thenRecorded("console-empty")) {
            assertThat(new Ec2Instances(aws.settings()).latestConsole(CALLER, "i-0123456789abcdef0"))
                    .hasValueSatisfying(console -> assertThat(console.text()).isEmpty());
        }
    }

    private static Instance launch(Moto moto, String deployment) {
        try (Ec2Client ec2 = moto.ec2()) {
            Filter intel = Filter.builder().name("architecture").values("x86_64").build();
            String image = ec2.describeImages(request -> request.filters(intel)).images().get(0).imageId();
            TagSpecification tags = TagSpecification.builder()
                    .resourceType(ResourceType.INSTANCE)
                    .tags(tag(DEPLOYMENT, deployment), tag("Name", "shop"))
                    .build();
            return ec2.runInstances(request -> request.imageId(image)
                    .instanceType(InstanceType.T3_MICRO)
                    .minCount(1)
                    .maxCount(1)
                    .metadataOptions(options -> options.httpTokens(HttpTokensState.REQUIRED))
                    .tagSpecifications(tags))
                    .instances()
                    .get(0);
        }
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static AwsSettings settings(Moto moto) {
        return AwsSettings.of(Moto.REGION.id(), moto.environment());
    }
}
