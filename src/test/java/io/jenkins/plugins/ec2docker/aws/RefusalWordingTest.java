package io.jenkins.plugins.ec2docker.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.Secret;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.clients.Ec2Instances;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException.Reason;
import io.jenkins.plugins.ec2docker.aws.session.RoleSessionRequest;
import io.jenkins.plugins.ec2docker.aws.session.StsCallerIdentityLookup;
import io.jenkins.plugins.ec2docker.aws.session.StsRoleSessions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that AWS gives and moto does not, and the sentence that each becomes. */
class RefusalWordingTest {
    private static final String JENKINS = "arn:aws:iam::123456789012:user/jenkins";
    private static final String ROLE = "arn:aws:iam::123456789012:role/provisioner";
    private static final SessionCredentials USER = SessionCredentials.ofUser("AKIATESTTESTTEST4711", "user-secret");
    private static final SessionCredentials SESSION = new SessionCredentials(
            "ASIATESTTESTTEST4711", new Secret("session-secret"), new Secret("session-token"), Instant.parse("2026-11-09T13:34:41Z"));

    @Test
    void a_denied_role_without_external_id_suggests_that_one_may_be_missing() {
        assertThat(refused(USER, null, "assume-role-denied"))
                .hasMessage(JENKINS + " may not assume role " + ROLE
                        + ": there is no such role, or its trust policy does not let this caller in, or it asks for an external id"
                        + " and none was given, or the caller's own policies do not allow sts:AssumeRole on it (AWS does not say"
                        + " which). Check the ARN, that the trust policy names this caller as principal and has no sts:ExternalId"
                        + " condition, and the caller's policies.")
                .extracting(AwsException::reason)
                .isEqualTo(Reason.ROLE_NOT_ASSUMABLE);
    }

    @Test
    void a_caller_that_aws_does_not_name_is_asked_for() {
        try (AwsWire aws = new AwsWire().thenRecorded("assume-role-denied-old").thenRecorded("caller-identity")) {
            assertThat(assuming(aws, USER, Map.of(), null)).hasMessageStartingWith(JENKINS + " may not assume role " + ROLE + ": ");
            assertThat(aws.actions()).containsExactly("AssumeRole", "GetCallerIdentity");
        }
    }

    @Test
    void a_caller_that_nobody_names_is_called_by_its_key() {
        assertThat(refused(USER, null, "assume-role-denied-old"))
                .hasMessageStartingWith("The caller with access key AKIA…4711 may not assume role " + ROLE + ": ");
    }

    @Test
    void where_aws_says_which_policy_is_missing_only_that_is_said() {
        assertThat(refused(USER, null, "assume-role-no-identity-policy"))
                .hasMessage(JENKINS + " may not assume role " + ROLE + ": none of its own policies allows it."
                        + " Add sts:AssumeRole on this role to a policy of the caller.");
        assertThat(refused(USER, null, "assume-role-explicit-deny"))
                .hasMessage(JENKINS + " may not assume role " + ROLE + ": a policy denies it explicitly. Find the Deny in the"
                        + " caller's policies, in the role's trust policy or in the organisation's policies.");
    }

    @Test
    void a_root_account_is_told_to_use_another_identity() {
        assertThat(refused(USER, null, "assume-role-root"))
                .hasMessageEndingWith("AWS lets no root account assume a role. Use the credentials of an IAM user or role.");
    }

    @Test
    void a_role_denied_with_and_without_tags_is_reported_once() {
        try (AwsWire aws = new AwsWire().thenRecorded("tag-session-denied").thenRecorded("assume-role-denied")) {
            assertThat(assuming(aws, USER, Map.of("job", "shop"), null).reason()).isEqualTo(Reason.ROLE_NOT_ASSUMABLE);
            assertThat(aws.actions()).containsExactly("AssumeRole", "AssumeRole");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            duration-above-maximum | DURATION        | Role {role} does not grant sessions of 7200 seconds. Lower role.durationSeconds, or raise the role's maximum session duration in IAM (1 to 12 hours).
            duration-chained       | DURATION        | Role {role} cannot be assumed for 7200 seconds: AWS grants at most 3600 to a caller that holds a session itself. Set role.durationSeconds to 3600 or less.
            invalid-arn            | INVALID_REQUEST | AWS does not accept "{role}" as the ARN of a role. Copy it from the role's page in IAM: arn:aws:iam::123456789012:role/name.
            packed-policy-too-large| INVALID_REQUEST | The session tags for role {role} are more than AWS can pack into one session, together with the tags that the caller's own session hands on. Use fewer or shorter ones.
            region-disabled        | REGION_DISABLED | AWS STS is not active in eu-central-1 for this account. Have an administrator activate it (IAM console, Account settings, Endpoints), or choose another region.
            clock-behind           | CLOCK           | The clock of this machine is too far off for AWS to accept its signatures: Signature expired: 20220127T001427Z is now earlier than 20220127T014428Z (20220127T015928Z - 15 min.). Set the clock (NTP).
            clock-ahead            | CLOCK           | The clock of this machine is too far off for AWS to accept its signatures: Signature not yet current: 20220127T021427Z is still later than 20220127T014428Z (20220127T012928Z + 15 min.). Set the clock (NTP).
            invalid-client-token   | UNKNOWN_KEY     | AWS does not accept access key AKIA…4711: it was deleted or switched off, or its account has not enabled the region eu-central-1. Check the key in IAM under Security credentials.
            throttled              | THROTTLED       | {sts} refuses sts:AssumeRole because the account makes too many calls at the moment. Try again in a minute.
            internal-failure       | SERVICE_FAULT   | {sts} has a fault of its own (HTTP 500) and did not answer sts:AssumeRole. Try again in a minute; https://health.aws.amazon.com says more.
            not-aws                | OTHER           | {sts} refuses sts:AssumeRole (HTTP 403): the answer is no answer of AWS. A proxy or a login page may stand between.
            """)
    void each_answer_has_its_sentence(String answer, Reason reason, String sentence) {
        try (AwsWire aws = new AwsWire().thenRecorded(answer)) {
            assertThat(assuming(aws, USER, Map.of(), 7200))
                    .hasMessage(sentence.replace("{role}", ROLE).replace("{sts}", "AWS STS at " + aws.endpoint()))
                    .extracting(AwsException::reason)
                    .isEqualTo(reason);
        }
    }

    @Test
    void an_expired_session_is_told_since_when() {
        assertThat(refused(SESSION, null, "expired-token"))
                .hasMessage("The AWS session of access key ASIA…4711 is over since 2026-11-09T13:34:41Z."
                        + " Log in again, or use credentials that renew themselves.")
                .extracting(AwsException::reason)
                .isEqualTo(Reason.EXPIRED);
    }

    @Test
    void an_encoded_part_that_only_aws_can_read_is_not_shown() {
        try (AwsWire aws = new AwsWire().thenRecorded("unauthorized-operation")) {
            AwsException refusal = catchThrowableOfType(
                    AwsException.class, () -> new Ec2Instances(aws.settings()).describe(USER, "i-0123456789abcdef0"));

            assertThat(refusal)
                    .hasMessage("arn:aws:sts::123456789012:assumed-role/provisioner/jenkins-shop-17 is not allowed to call"
                            + " ec2:DescribeInstances. Add ec2:DescribeInstances to its policies; docs/aws-permissions.md lists"
                            + " what is needed.");
        }
    }

    @Test
    void ec2s_own_word_for_too_many_calls_is_known() {
        try (AwsWire aws = new AwsWire().thenRecorded("request-limit-exceeded")) {
            AwsException refusal = catchThrowableOfType(
                    AwsException.class, () -> new Ec2Instances(aws.settings()).describe(USER, "i-0123456789abcdef0"));

            assertThat(refusal.reason()).isEqualTo(Reason.THROTTLED);
            assertThat(refusal.passing()).isTrue();
        }
    }

    @Test
    void a_passing_fault_is_tried_again_before_anybody_hears_of_it() throws Exception {
        try (AwsWire aws = new AwsWire().thenRecorded("internal-failure").thenRecorded("caller-identity")) {
            AwsSettings patient = AwsSettings.of("eu-central-1", Map.of("AWS_ENDPOINT_URL", aws.endpoint().toString()));

            assertThat(new StsCallerIdentityLookup(patient).check(USER).arn()).isEqualTo(JENKINS);
            assertThat(aws.actions()).hasSize(2);
        }
    }

    @Test
    void no_sentence_holds_a_request_id() {
        for (String answer : List.of("assume-role-denied", "region-disabled", "internal-failure", "throttled", "expired-token")) {
            assertThat(refused(USER, null, answer).getMessage()).doesNotContain("77d4b4a7").doesNotContainIgnoringCase("request id");
        }
    }

    @Test
    void the_cause_keeps_what_the_log_needs() {
        assertThat(refused(USER, null, "assume-role-denied").getCause().toString())
                .contains("StsException", "sts:AssumeRole on resource", "77d4b4a7", "403");
    }

    private static AwsException refused(SessionCredentials base, String externalId, String answer) {
        try (AwsWire aws = new AwsWire().thenRecorded(answer)) {
            return catchThrowableOfType(AwsException.class, () -> new StsRoleSessions(aws.settings())
                    .assume(base, new RoleSessionRequest(ROLE, externalId, "name", Map.of(), null)));
        }
    }

    private static AwsException assuming(AwsWire aws, SessionCredentials base, Map<String, String> tags, Integer seconds) {
        return catchThrowableOfType(AwsException.class, () -> new StsRoleSessions(aws.settings())
                .assume(base, new RoleSessionRequest(ROLE, null, "name", tags, seconds)));
    }
}
