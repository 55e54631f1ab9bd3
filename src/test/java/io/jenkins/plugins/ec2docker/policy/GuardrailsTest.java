package io.jenkins.plugins.ec2docker.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.request.values.InvalidRequestException;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardrailsTest {
    private static final String REQUEST = """
            name: web
            region: eu-central-1
            instanceType: t3.small
            containers:
              - {image: "nginx:1.27", ports: ["80:80"]}
              - {image: ghcr.io/acme/app}
            network: {ingressCidrs: [10.1.0.0/16, "2001:db8:1::/48"], sshCidrs: [10.1.2.3/32]}
            """;
    private static final String ROLE = "role: {arn: \"arn:aws:iam::123456789012:role/teams/deploy-web\"}\n";

    @Test
    void every_field_of_the_file_is_read() throws Exception {
        assertThat(guardrails("""
                regions: [eu-central-1, us-gov-west-1]
                instanceTypes: [t3.*, m7g.large, "*"]
                images: ["nginx:*", ghcr.io/acme/**]
                roleArns: ["arn:aws:iam::123456789012:role/*"]
                ingressCidrs: [10.0.0.0/8, "2001:db8::/32"]
                maxLifetime: 7d
                defaultLifetime: 8h
                maxMonthlyCost: 99.50
                permissionsBoundary: arn:aws:iam::123456789012:policy/teams/boundary
                """)).isEqualTo(Guardrails.builder()
                .regions(List.of("eu-central-1", "us-gov-west-1"))
                .instanceTypes(List.of("t3.*", "m7g.large", "*"))
                .images(List.of("nginx:*", "ghcr.io/acme/**"))
                .roleArns(List.of("arn:aws:iam::123456789012:role/*"))
                .ingressCidrs(List.of("10.0.0.0/8", "2001:db8::/32"))
                .maxLifetime(Duration.ofDays(7))
                .defaultLifetime(Duration.ofHours(8))
                .maxMonthlyCost(new BigDecimal("99.50"))
                .permissionsBoundary("arn:aws:iam::123456789012:policy/teams/boundary")
                .build());
    }

    @Test
    void what_the_file_leaves_out_is_not_restricted() throws Exception {
        assertThat(guardrails("regions: []\nimages:\n")).isEqualTo(Guardrails.UNRESTRICTED);
        assertThat(Guardrails.UNRESTRICTED.check(request(REQUEST))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "region: [eu-central-1]|region: is not a known field; did you mean \"regions\"?",
        "regions: {a: b}|regions: must be a list, but is a section.",
        "regions: [eu-central1]|regions[0] \"eu-central1\": must be the code of an AWS Region; for example eu-central-1.",
        "regions: [~]|regions[0]: is empty; give a value or remove the line.",
        "instanceTypes: [t3]|instanceTypes[0] \"t3\": must be a pattern of instance types, family and size; for example t3.* or m7g.large.",
        "images: [\"my image\"]|images[0] \"my image\": must be a pattern of image names; for example nginx:* or ghcr.io/acme/**.",
        "roleArns: [\"arn:foo\"]|roleArns[0] \"arn:foo\": must be a pattern of role ARNs; for example arn:aws:iam::123456789012:role/deploy-*.",
        "roleArns: [\"arn:aws:iam::1234:role/*\"]|roleArns[0] \"arn:aws:iam::1234:role/*\": must be a pattern of role ARNs; for example arn:aws:iam::123456789012:role/deploy-*.",
        "roleArns: [\"arn:aws:iam::123456789012:user/*\"]|roleArns[0] \"arn:aws:iam::123456789012:user/*\": must be a pattern of role ARNs; for example arn:aws:iam::123456789012:role/deploy-*.",
        "roleArns: [deployer]|roleArns[0] \"deployer\": must be a pattern of role ARNs; for example arn:aws:iam::123456789012:role/deploy-*.",
        "ingressCidrs: [10.1.2.3/8]|ingressCidrs[0] \"10.1.2.3/8\": has host bits set; write 10.0.0.0/8 for the network, or 10.1.2.3/32 for the one address.",
        "maxLifetime: 1y|maxLifetime \"1y\": must be a duration such as 30m, 8h or 2d (units: d, h, m, s, ms).",
        "maxLifetime: 1m|maxLifetime \"1m\": must be from 10m to 365d.",
        "{maxLifetime: 8h, defaultLifetime: 2d}|defaultLifetime \"2d\": is longer than maxLifetime, 8h; lower it, or raise maxLifetime.",
        "maxMonthlyCost: 0|maxMonthlyCost \"0\": must be an amount in USD a month above zero; for example 500 or 99.50.",
        "maxMonthlyCost: -5|maxMonthlyCost \"-5\": must be an amount in USD a month above zero; for example 500 or 99.50.",
        "maxMonthlyCost: 100 EUR|maxMonthlyCost \"100 EUR\": must be an amount in USD a month above zero; for example 500 or 99.50.",
        "maxMonthlyCost: 1e3|maxMonthlyCost \"1e3\": must be an amount in USD a month above zero; for example 500 or 99.50.",
        "permissionsBoundary: boundary|permissionsBoundary \"boundary\": must be the ARN of an IAM policy; for example arn:aws:iam::123456789012:policy/boundary.",
        "permissionsBoundary: \"arn:aws:iam::123456789012:role/x\"|permissionsBoundary \"arn:aws:iam::123456789012:role/x\": must be the ARN of an IAM policy;"
                + " for example arn:aws:iam::123456789012:policy/boundary."
    })
    void a_wrong_file_is_refused(String yaml, String message) throws Exception {
        var parsed = Guardrails.read(DocumentReader.read(yaml, DocumentReader.Format.YAML));

        assertThat(parsed.violations()).singleElement().hasToString(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "regions: [eu-west-1]|region \"eu-central-1\": is not allowed here; choose from: eu-west-1.",
        "instanceTypes: [t3.m*, m7g.*]|instanceType \"t3.small\": is not allowed here; choose from: t3.m*, m7g.*.",
        "images: [nginx]|containers[1].image \"ghcr.io/acme/app\": is not allowed here; choose from: nginx.",
        "roleArns: [\"arn:aws:iam::123456789012:role/deploy-*\"]|role.arn: is required here; choose from: arn:aws:iam::123456789012:role/deploy-*.",
        "ingressCidrs: [10.1.0.0/16]|network.ingressCidrs[1] \"2001:db8:1::/48\": is not within an allowed network; name one within: 10.1.0.0/16.",
        "ingressCidrs: [10.1.0.0/17, 10.1.128.0/17, \"::/0\"]|network.ingressCidrs[0] \"10.1.0.0/16\": is not within an allowed network; name one within: 10.1.0.0/17, 10.1.128.0/17, ::/0.",
        "maxLifetime: 8h|expiresAfter: is required here, where each deployment must have an end; give at most 8h."
    })
    void what_is_not_allowed_is_refused(String yaml, String message) throws Exception {
        assertThat(guardrails(yaml).check(request(REQUEST))).singleElement().hasToString(message);
    }

    @Test
    void all_refusals_are_told_at_once() throws Exception {
        Guardrails strict = guardrails(
                "{regions: [eu-west-1], instanceTypes: [m7g.*], images: [redis], ingressCidrs: [192.0.2.0/24], maxLifetime: 1h}");

        assertThat(strict.check(request(REQUEST + "expiresAfter: 2h\n"))).extracting(Violation::field).containsExactly("region",
                "instanceType", "containers[0].image", "containers[1].image", "network.ingressCidrs[0]", "network.ingressCidrs[1]",
                "network.sshCidrs[0]", "expiresAfter");
    }

    @Test
    void ssh_is_held_within_the_allowed_networks_too() throws Exception {
        assertThat(guardrails("ingressCidrs: [10.1.0.0/16, 2001:db8::/32]").check(request(REQUEST.replace("10.1.2.3/32", "0.0.0.0/0"))))
                .extracting(Violation::field).containsExactly("network.sshCidrs[0]");
    }

    @Test
    void the_default_of_all_networks_is_no_way_around() throws Exception {
        String open = REQUEST.replaceAll("(?m)^network.*\n", "");

        assertThat(guardrails("ingressCidrs: [10.0.0.0/8]").check(request(open))).extracting(Violation::field)
                .containsExactly("network.ingressCidrs[0]");
        assertThat(guardrails("ingressCidrs: [10.0.0.0/8]").check(request(open.replace(", ports: [\"80:80\"]", "")))).isEmpty();
    }

    @Test
    void a_role_is_matched_by_its_path() throws Exception {
        ProvisionRequest request = request(REQUEST + ROLE);

        assertThat(guardrails("roleArns: [\"arn:aws:iam::123456789012:role/*\"]").check(request)).hasSize(1);
        assertThat(guardrails("roleArns: [\"arn:aws:iam::*:role/teams/deploy-*\"]").check(request)).isEmpty();
        assertThat(guardrails("roleArns: [\"arn:aws:iam::123456789012:role/**\"]").check(request)).isEmpty();
        assertThat(guardrails("roleArns: [\"arn:aws:iam::999999999999:role/**\"]").check(request)).hasSize(1);
    }

    @Test
    void the_role_of_the_credentials_counts_where_the_request_names_none() throws Exception {
        Guardrails guardrails = guardrails("roleArns: [\"arn:aws:iam::123456789012:role/deploy-*\"]");

        assertThat(guardrails.check(request(REQUEST), "arn:aws:iam::123456789012:role/deploy-web")).isEmpty();
        assertThat(guardrails.check(request(REQUEST), "arn:aws:iam::123456789012:role/admin")).singleElement()
                .hasToString("role.arn of the credentials \"arn:aws:iam::123456789012:role/admin\": is not allowed here; choose from:"
                        + " arn:aws:iam::123456789012:role/deploy-*.");
        // The request's own role is the one that Terraform works in.
        assertThat(guardrails.check(request(REQUEST + ROLE), "arn:aws:iam::123456789012:role/deploy-web")).hasSize(1);
    }

    @Test
    void the_default_lifetime_holds_where_a_request_has_none() throws Exception {
        Guardrails guardrails = guardrails("{maxLifetime: 1d, defaultLifetime: 8h}");

        ProvisionRequest completed = guardrails.withDefaults(request(REQUEST));
        assertThat(completed.expiresAfter()).isEqualTo(Duration.ofHours(8));
        assertThat(guardrails.check(completed)).isEmpty();
        assertThat(guardrails.withDefaults(request(REQUEST + "expiresAfter: 1h\n")).expiresAfter()).isEqualTo(Duration.ofHours(1));
        assertThat(guardrails.check(request(REQUEST + "expiresAfter: 25h\n"))).singleElement()
                .hasToString("expiresAfter \"1d1h\": is longer than what is allowed here; give at most 1d.");
    }

    @Test
    void the_files_that_people_are_shown_are_read() throws Exception {
        String page = Files.readString(Path.of("docs/guardrails.md"));
        int start = page.indexOf("```yaml\n") + "```yaml\n".length();

        assertThat(guardrails(page.substring(start, page.indexOf("```", start))).roleArns()).isNotEmpty();
        assertThat(guardrails(Files.readString(Path.of("examples/guardrails.yml"))).images()).isNotEmpty();
    }

    private static Guardrails guardrails(String yaml) throws InvalidRequestException {
        return Guardrails.read(DocumentReader.read(yaml, DocumentReader.Format.YAML)).orElseThrow();
    }

    private static ProvisionRequest request(String yaml) throws InvalidRequestException {
        return RequestParser.parse(DocumentReader.read(yaml, DocumentReader.Format.YAML)).orElseThrow();
    }
}
