package io.jenkins.plugins.ec2docker.terraform.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.terraform.Recorded;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** First a sentence: what failed, where, and why; recorded ones from the real provider, the others after AWS's documented wordings. */
class DiagnosticTextTest {
    @Test
    void what_aws_said_is_in_the_sentence_also_where_the_provider_puts_it_into_the_detail() {
        Event.Diagnostic diagnostic = new Event.Diagnostic(Event.Severity.ERROR, "creating VPC Security Group Rule",
                "operation error EC2: AuthorizeSecurityGroupIngress, https response error StatusCode: 400, RequestID: 0a-1b, api error "
                        + "InvalidPermission.Duplicate: The specified rule already exists",
                "aws_vpc_security_group_ingress_rule.this[\"tcp/80\"]", null, 0);

        assertThat(DiagnosticText.of(diagnostic))
                .isEqualTo("Error: aws_vpc_security_group_ingress_rule.this[\"tcp/80\"]: creating VPC Security Group Rule"
                        + " failed: The specified rule already exists (EC2 AuthorizeSecurityGroupIngress: InvalidPermission.Duplicate)");
    }

    @Test
    void recorded_no_network() {
        assertThat(lastError("plan-unreachable.jsonl"))
                .isEqualTo("Error: provider hashicorp/aws: retrieving caller identity from STS failed: "
                        + "no answer from http://127.0.0.1:9/, dial tcp 127.0.0.1:9: connect: connection refused (STS GetCallerIdentity)");
    }

    @Test
    void recorded_no_credentials() {
        assertThat(lastError("plan-no-credentials.jsonl")).startsWith("""
                Error: provider hashicorp/aws: No valid credential sources found
                    Please see https://registry.terraform.io/providers/hashicorp/aws
                """);
    }

    @Test
    void recorded_bad_variable() {
        assertThat(lastError("plan-bad-variable.jsonl")).isEqualTo("""
                Error: Invalid value for variable
                    instance_type must be a family and a size joined by a dot, such as t3.small.
                    This was checked by the validation rule at variables.tf:43,3-13.
                    at terraform.tfvars.json, line 1""");
    }

    @Test
    void recorded_validation() throws Exception {
        ValidateResult validation = ValidateResult.read(Recorded.stream("validate-unsupported.json"));

        assertThat(validation.valid()).isFalse();
        assertThat(validation.diagnostics()).singleElement().satisfies(diagnostic -> assertThat(DiagnosticText.of(diagnostic)).isEqualTo("""
                Error: Unsupported argument
                    An argument named "amy" is not expected here. Did you mean "arn"?
                    at broken.tf, line 2"""));
        assertThat(ValidateResult.read(Recorded.stream("validate.json"))).isEqualTo(new ValidateResult(true, java.util.List.of()));
    }

    @Test
    void validations_that_are_cut_off_say_so() {
        for (String text : new String[] {"", "[]", "{\"valid\":true,\"diagno"}) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> ValidateResult.read(new ByteArrayInputStream(text.getBytes())))
                    .isInstanceOf(java.io.IOException.class).hasMessageStartingWith("Terraform's answer to \"validate\" is ");
        }
    }

    @Test
    void an_encoded_message_that_only_aws_can_read_is_left_out() {
        assertThat(error(
                "creating EC2 Instance: operation error EC2: RunInstances, https response error StatusCode: 403, RequestID: 0a-1b, api error "
                        + "UnauthorizedOperation: You are not authorized to perform this operation. User: arn:aws:sts::1:assumed-role/r/s is not authorized to "
                        + "perform: ec2:RunInstances because no identity-based policy allows the ec2:RunInstances action. Encoded authorization failure message: "
                        + "Ab-9_".repeat(100)))
                .isEqualTo(
                        "Error: aws_instance.this: creating EC2 Instance failed: You are not authorized to perform this operation. User: "
                                + "arn:aws:sts::1:assumed-role/r/s is not authorized to perform: ec2:RunInstances because no identity-based policy allows the "
                                + "ec2:RunInstances action. (EC2 RunInstances: UnauthorizedOperation)");
    }

    @Test
    void errors_that_the_sdk_knows_by_name_have_no_api_error_before_them() {
        assertThat(error(
                "creating IAM Role (shop): operation error IAM: CreateRole, exceeded maximum number of attempts, 25, https response error "
                        + "StatusCode: 409, RequestID: 1-2, EntityAlreadyExists: Role with name shop already exists."))
                .isEqualTo("Error: aws_instance.this: creating IAM Role (shop) failed: Role with name shop already exists "
                        + "(IAM CreateRole: EntityAlreadyExists, tried 25 times)");
    }

    @Test
    void request_ids_are_left_out_wherever_they_stand() {
        assertThat(error("waiting for EC2 Instance (i-1): unexpected state 'shutting-down', wanted target 'running', request id: 11-22"))
                .isEqualTo(
                        "Error: aws_instance.this: waiting for EC2 Instance (i-1): unexpected state 'shutting-down', wanted target 'running'");
    }

    @Test
    void what_an_interrupt_kept_from_being_begun_is_not_an_error_of_its_own() {
        assertThat(EventText.of(new Event.Diagnostic(Event.Severity.ERROR, "execution halted", "", null, null, 0))).isEmpty();
    }

    @Test
    void hostile_texts_take_no_time() {
        String[] texts = {
            "operation error ".repeat(2000), "operation error a: b, ".repeat(1500), "RequestID: ".repeat(2500),
            "Encoded authorization failure message: ".repeat(800), "x: ".repeat(10_000), "provider[\"".repeat(3000), "a".repeat(32_000),
        };
        Assertions.assertTimeout(Duration.ofSeconds(5), () -> {
            for (String text : texts) {
                assertThat(EventText.of(new Event.Diagnostic(Event.Severity.ERROR, text, text, text, null, 0)).orElseThrow())
                        .hasSizeLessThan(1200);
            }
        });
    }

    private static String error(String summary) {
        return DiagnosticText.of(new Event.Diagnostic(Event.Severity.ERROR, summary, "", "aws_instance.this", "main.tf", 1));
    }

    private static String lastError(String name) {
        return Recorded.events(name).stream().filter(Event.Diagnostic.class::isInstance)
                .map(event -> DiagnosticText.of((Event.Diagnostic) event)).reduce((first, second) -> second).orElseThrow();
    }
}
