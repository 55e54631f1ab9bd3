package io.jenkins.plugins.ec2docker.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFilesTest {
    /** Of a managed policy, white space not counted (IAM user guide, IAM and STS quotas). */
    private static final int LONGEST = 6144;

    @ParameterizedTest
    @ValueSource(strings = {"caller", "trust", "provisioning-instance", "provisioning-instance-kms", "provisioning-instance-redeploy",
        "state-s3", "provisioning-base",
        "provisioning-network", "provisioning-autoscaled", "provisioning-fargate", "provisioning-options", "provisioning-edge",
        "provisioning-runs", "provisioning-boundary", "provisioning-data"})
    void a_policy_can_be_pasted_as_it_is(String name) throws Exception {
        PolicyFile policy = PolicyFile.of(name);

        assertThat(policy.json().path("Version").asText()).isEqualTo("2012-10-17");
        assertThat(policy.json().toString().replaceAll("\\s", "")).hasSizeLessThanOrEqualTo(LONGEST);
        assertThat(policy.statements()).isNotEmpty().allSatisfy(statement -> {
            assertThat(statement.path("Sid").asText()).matches("[A-Za-z0-9]+");
            assertThat(statement.path("Effect").asText()).isIn("Allow", name.equals("provisioning-boundary") ? "Deny" : "Allow");
        });
        assertThat(policy.statements().stream().map(statement -> statement.path("Sid").asText())).doesNotHaveDuplicates();
        assertThat(Files.readString(Path.of("docs", "aws-permissions.md"))).contains("(policies/" + name + ".json)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"caller", "trust", "provisioning-instance", "provisioning-instance-kms", "provisioning-instance-redeploy",
        "state-s3", "provisioning-base",
        "provisioning-network", "provisioning-autoscaled", "provisioning-fargate", "provisioning-options", "provisioning-edge",
        "provisioning-runs", "provisioning-boundary", "provisioning-data"})
    void no_action_hides_behind_a_wildcard(String name) {
        assertThat(PolicyFile.of(name).actions()).isNotEmpty().allMatch(action -> action.matches("[a-z0-9-]+:[A-Z][A-Za-z0-9]+"));
    }

    @Test
    void only_looking_is_allowed_on_everything() {
        for (JsonNode statement : PolicyFile.of("provisioning-instance").statements()) {
            if (PolicyFile.texts(statement.path("Resource")).anyMatch("*"::equals)) {
                assertThat(PolicyFile.texts(statement.path("Action")))
                        .allMatch(action -> action.matches("ec2:Describe.*|iam:List.*|pricing:Get.*"));
            }
        }
    }

    @Test
    void whoever_is_trusted_is_allowed_to_assume_the_role_and_to_tag_the_session() {
        assertThat(PolicyFile.of("caller").actions()).containsExactlyInAnyOrder("sts:AssumeRole", "sts:TagSession");
        assertThat(PolicyFile.of("trust").actions()).containsExactlyInAnyOrder("sts:AssumeRole", "sts:TagSession");
    }
}
