package io.jenkins.plugins.ec2docker.aws.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ec2docker.platform.ProxySettings;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwsSettingsTest {
    @Test
    void without_variables_it_is_aws_itself() {
        AwsSettings settings = AwsSettings.of("eu-central-1", Map.of());

        assertThat(settings.endpoints().sts()).isNull();
        assertThat(settings.endpoints().ec2()).isNull();
        assertThat(settings.proxy()).isEqualTo(ProxySettings.NONE);
    }

    @Test
    void a_services_own_endpoint_goes_before_the_common_one() {
        AwsSettings settings = AwsSettings.of("eu-central-1", Map.of(
                "AWS_ENDPOINT_URL", "http://127.0.0.1:5000", "AWS_ENDPOINT_URL_STS", "https://sts.example.com"));

        assertThat(settings.endpoints().sts()).isEqualTo(URI.create("https://sts.example.com"));
        assertThat(settings.endpoints().ec2()).isEqualTo(URI.create("http://127.0.0.1:5000"));
    }

    @Test
    void configured_endpoints_can_be_switched_off_as_in_awss_tools() {
        assertThat(AwsSettings.of("eu-central-1", Map.of(
                "AWS_ENDPOINT_URL", "http://127.0.0.1:5000", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"))
                .endpoints().sts())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:5000", "not a url", "ftp://x", "http://"})
    void an_endpoint_that_is_no_address_is_named_with_its_variable(String value) {
        assertThatThrownBy(() -> AwsSettings.of("eu-central-1", Map.of("AWS_ENDPOINT_URL", value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Variable AWS_ENDPOINT_URL is \"" + value
                        + "\", which is not the address of an AWS endpoint; it begins with http:// or https://, as https://sts.eu-central-1.amazonaws.com.");
    }

    /** docs.aws.amazon.com/general/latest/gr/rande.html */
    @ParameterizedTest
    @CsvSource({
        "ecs, eu-central-1, , , https://ecs.eu-central-1.amazonaws.com/",
        "ecs, us-east-1, true, , https://ecs-fips.us-east-1.amazonaws.com/",
        "elasticloadbalancing, us-gov-west-1, true, , https://elasticloadbalancing.us-gov-west-1.amazonaws.com/",
        "s3, ca-central-1, true, , https://s3-fips.ca-central-1.amazonaws.com/",
        "autoscaling, eu-west-1, , true, https://autoscaling.eu-west-1.api.aws/",
        "ssm, cn-north-1, , , https://ssm.cn-north-1.amazonaws.com.cn/"
    })
    void fips_and_dual_stack_endpoints_are_awss_own_where_the_environment_asks_for_them(
            String service, String region, String fips, String dualStack, URI endpoint) {
        Map<String, String> environment = new HashMap<>();
        environment.put("AWS_USE_FIPS_ENDPOINT", fips);
        environment.put("AWS_USE_DUALSTACK_ENDPOINT", dualStack);

        assertThat(AwsSettings.of(region, environment).own(service)).isEqualTo(endpoint);
    }

    @Test
    void a_region_is_needed() {
        assertThatThrownBy(() -> AwsSettings.of(" ")).hasMessage("An AWS region is needed, such as eu-central-1.");
    }
}
