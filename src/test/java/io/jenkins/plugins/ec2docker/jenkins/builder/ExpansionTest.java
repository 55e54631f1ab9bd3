package io.jenkins.plugins.ec2docker.jenkins.builder;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.EnvVars;
import io.jenkins.plugins.ec2docker.jenkins.form.AppContainer;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.request.parse.RequestWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A build's parameters in a request. */
class ExpansionTest {

    @Test
    void every_field_takes_parameters() throws Exception {
        EnvVars env = new EnvVars(Map.ofEntries(
                Map.entry("REGION", "eu-central-1"), Map.entry("INSTANCE_TYPE", "t3.small"), Map.entry("NAME", "web"),
                Map.entry("BLUEPRINT", "instance"), Map.entry("IMAGE", "nginx:1.27"), Map.entry("PORTS", "80:80\n81:81\n"),
                Map.entry("SECRET", "a$b"), Map.entry("RESTART", "always"), Map.entry("SECONDS", "30"), Map.entry("COUNT", "3"),
                Map.entry("ACCOUNT", "123456789012"), Map.entry("EXTERNAL_ID", "x:1"), Map.entry("MAIL", "a@example.com\nb@example.com"),
                Map.entry("MACHINE_IMAGE", "al2023"), Map.entry("VPC", "vpc-01234567"), Map.entry("SUBNET", "subnet-01234567"),
                Map.entry("CIDRS", "10.0.0.0/8\n192.0.2.0/24"), Map.entry("PUBLIC", "true"), Map.entry("SPOT", "true"),
                Map.entry("LIFETIME", "8h"), Map.entry("PORT", "80"), Map.entry("ON_FAILURE", "keep")));
        ProvisionRequest request = RequestParser.parse(Expansion.by(env).of(FormTest.complete().document())).orElseThrow();
        assertThat(RequestWriter.of(request).toString()).doesNotContain("${");
        assertThat(request.containers().get(0).ports()).hasSize(3);
        assertThat(request.containers().get(0).environment()).containsExactly(Map.entry("A", "a$b"), Map.entry("B", "two\nweb"));
        assertThat(request.requester()).containsExactly("a@example.com", "b@example.com");
        assertThat(request.network().sshCidrs()).containsExactly("10.0.0.0/8", "192.0.2.0/24");
        assertThat(request.tags()).containsExactly(Map.entry("team", "web"));
        assertThat(request.spot()).isTrue();
    }

    @Test
    void an_empty_parameter_means_the_default() {
        ProvisionBuilder builder = new ProvisionBuilder("eu-central-1", "t3.small");
        builder.setContainers(List.of(new AppContainer("nginx")));
        builder.setExpiresAfter("${LIFETIME}");
        builder.setRequester(List.of("${MAIL}"));
        Map<String, Object> expanded = Expansion.by(new EnvVars("LIFETIME", "", "MAIL", "")).of(builder.document());
        assertThat(expanded).doesNotContainKey("expiresAfter").containsEntry("requester", List.of());
    }

    @Test
    void what_is_unknown_stays_and_a_doubled_dollar_sign_is_one() {
        Expansion expansion = Expansion.by(new EnvVars("A", "1"));
        assertThat(expansion.of("$A ${B} $$A")).isEqualTo("1 ${B} $A");
    }
}
