package io.jenkins.plugins.ec2docker.run.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3BackendSettingTest {

    private static final String KEY = "12345678-1234-1234-1234-123456789012";

    @Test
    void every_deployment_has_a_key_of_its_own() {
        S3BackendSetting backend =
                S3BackendSetting.parse("s3://states/team/jenkins/?region=eu-central-1&kms-key=" + KEY + "&lock-table=locks");

        assertThat(backend).isEqualTo(new S3BackendSetting("states", "team/jenkins", "eu-central-1", KEY, "locks"));
        assertThat(backend.address("web-1f3a9c02").toString()).isEqualTo("s3://states/team/jenkins/web-1f3a9c02/terraform.tfstate");
        assertThat(S3BackendSetting.parse("s3://states?region=eu-central-1").address("web-1").key()).isEqualTo("web-1/terraform.tfstate");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bucket                                  | \"bucket\" is none that is known; it looks like s3://BUCKET/PREFIX?region=REGION.",
                "https://states/x?region=eu-central-1    | is none that is known",
                "s3://st ates?region=eu-central-1        | cannot be read",
                "s3://states                             | region is missing; it is the region of the bucket",
                "s3://states?region=frankfurt            | region is \"frankfurt\"",
                "s3://States?region=eu-central-1         | bucket is \"States\"",
                "s3://user:pw@states?region=eu-central-1 | bucket is \"user:pw@states\"",
                "s3://states/a%20b?region=eu-central-1   | prefix is \"a%20b\"",
                "s3://states/a//b?region=eu-central-1    | prefix is \"a//b\"",
                "s3://states?region=eu-central-1&kms=x   | no parameter \"kms\"",
                "s3://states?region=a&region=b           | names region twice",
                "s3://states?region=eu-central-1&kms-key=alias/x | kms-key is \"alias/x\"; it is the id of a key or its ARN, not an alias",
                "s3://states?region=eu-central-1&lock-table=x    | lock-table is \"x\"",
            })
    void what_is_wrong_is_named_with_its_value_and_the_rule(String text, String message) {
        assertThatThrownBy(() -> S3BackendSetting.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageStartingWith("The state backend");
    }
}
