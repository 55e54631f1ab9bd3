package io.jenkins.plugins.ec2docker.terraform.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerraformEnvironmentTest {
    private static final Path CLI = Path.of("/run/terraform.tfrc");
    private static final Path DATA = Path.of("/run/data");

    @Test
    void nothing_comes_through_that_could_change_what_terraform_does_or_who_it_is() {
        Map<String, String> parent = new HashMap<>();
        for (String name : List.of(
                "TF_VAR_region", "TF_CLI_ARGS", "TF_CLI_ARGS_apply", "TF_LOG", "TF_LOG_PATH", "TF_WORKSPACE", "TF_PLUGIN_CACHE_DIR",
                "TF_DATA_DIR",
                "TF_REATTACH_PROVIDERS", "TF_TOKEN_app_terraform_io", "TF_ENCRYPTION", "TF_REGISTRY_CLIENT_TIMEOUT",
                "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_ROLE_ARN",
                "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_REGION",
                "AWS_CONFIG_FILE", "AWS_EC2_METADATA_SERVICE_ENDPOINT", "AWS_MAX_ATTEMPTS", "AWS_RETRY_MODE", "AWS_SDK_UA_APP_ID",
                "JENKINS_SERVER_COOKIE", "HUDSON_COOKIE", "HOME", "LD_PRELOAD", "GODEBUG", "PASSWORD")) {
            parent.put(name, "parent's");
        }

        assertThat(TerraformEnvironment.of(parent, CLI, DATA, Map.of())).doesNotContainValue("parent's");
    }

    @Test
    void what_leads_to_the_network_and_to_aws_comes_through() {
        Map<String, String> parent = new HashMap<>();
        for (String name : List.of(
                "PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "HTTP_PROXY",
                "http_proxy",
                "SSL_CERT_FILE", "SSL_CERT_DIR", "AWS_CA_BUNDLE", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_EC2", "AWS_ENDPOINT_URL_S3",
                "AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT", "AWS_STS_REGIONAL_ENDPOINTS")) {
            parent.put(name, "parent's " + name);
        }

        assertThat(TerraformEnvironment.of(parent, CLI, DATA, Map.of())).containsAllEntriesOf(parent);
    }

    @Test
    void the_session_is_the_only_identity() {
        Map<String, String> session = Map.of("AWS_ACCESS_KEY_ID", "key", "AWS_SECRET_ACCESS_KEY", "secret", "AWS_SESSION_TOKEN", "token",
                "AWS_REGION", "eu-central-1");

        assertThat(TerraformEnvironment.of(Map.of("AWS_PROFILE", "mine", "AWS_REGION", "us-east-1"), CLI, DATA, session))
                .containsAllEntriesOf(session)
                .containsEntry("AWS_CONFIG_FILE", "/dev/null")
                .containsEntry("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
                .containsEntry("AWS_EC2_METADATA_DISABLED", "true")
                .doesNotContainKey("AWS_PROFILE");
    }

    @Test
    void terraform_asks_nothing_calls_no_one_and_keeps_to_its_own_files() {
        assertThat(TerraformEnvironment.of(Map.of(), CLI, DATA, Map.of()))
                .containsEntry("TF_CLI_CONFIG_FILE", "/run/terraform.tfrc")
                .containsEntry("TF_DATA_DIR", "/run/data")
                .containsEntry("TF_INPUT", "0")
                .containsEntry("TF_IN_AUTOMATION", "1")
                .containsEntry("CHECKPOINT_DISABLE", "1")
                .containsEntry("HOME", "/run/data");
    }

    @Test
    void memory_is_spent_for_speed_unless_the_machine_says_otherwise() {
        assertThat(TerraformEnvironment.of(Map.of(), CLI, DATA, Map.of())).containsEntry("GOGC", "400").containsEntry("GOMEMLIMIT", "1GiB");
        assertThat(TerraformEnvironment.of(Map.of("GOGC", "50", "GOMEMLIMIT", "300MiB"), CLI, DATA, Map.of()))
                .containsEntry("GOGC", "50").containsEntry("GOMEMLIMIT", "300MiB");
    }

    @Test
    void a_session_that_brings_more_than_an_identity_is_refused() {
        assertThatThrownBy(() -> TerraformEnvironment.of(Map.of(), CLI, DATA, Map.of("TF_LOG", "trace")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TF_LOG");
    }
}
