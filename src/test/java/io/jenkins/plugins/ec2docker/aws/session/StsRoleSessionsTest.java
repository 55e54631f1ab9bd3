package io.jenkins.plugins.ec2docker.aws.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.aws.AwsWire;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.Secret;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.MotoExtension;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MotoExtension.class)
class StsRoleSessionsTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/provisioner";
    private static final SessionCredentials USER = SessionCredentials.ofUser("AKIATESTTESTTESTTEST", "user-secret");
    private static final SessionCredentials SESSION =
            new SessionCredentials("ASIATESTTESTTESTTEST", new Secret("session-secret"), new Secret("session-token"), null);

    @Test
    void a_role_is_assumed_and_the_answer_says_who_the_session_is(Moto moto) throws Exception {
        Instant before = Instant.now();

        AssumedRole assumed = new StsRoleSessions(settings(moto))
                .assume(USER, new RoleSessionRequest(ROLE, null, "jenkins-shop-17", Map.of(), 1800));

        assertThat(assumed.identity().arn()).isEqualTo("arn:aws:sts::123456789012:assumed-role/provisioner/jenkins-shop-17");
        assertThat(assumed.identity().account()).isEqualTo("123456789012");
        assertThat(assumed.credentials().temporary()).isTrue();
        assertThat(assumed.credentials().expires()).isBetween(before.plusSeconds(1790), Instant.now().plusSeconds(1810));
        assertThat(assumed.notes()).isEmpty();
    }

    @Test
    void the_session_is_who_the_answer_said(Moto moto) throws Exception {
        AssumedRole assumed =
                new StsRoleSessions(settings(moto)).assume(USER, new RoleSessionRequest(ROLE, null, "someone", Map.of(), null));

        CallerIdentity identity = new StsCallerIdentityLookup(settings(moto)).check(assumed.credentials());

        assertThat(identity.arn()).isEqualTo(assumed.identity().arn());
        assertThat(identity.account()).isEqualTo(Moto.ACCOUNT);
    }

    @Test
    void everything_asked_for_is_sent_in_one_call() throws Exception {
        try (AwsWire aws = new AwsWire().thenRecorded("assume-role")) {
            new StsRoleSessions(aws.settings())
                    .assume(USER, new RoleSessionRequest(ROLE, "ticket-4711", "jenkins-shop-17", Map.of("job", "shop"), 7200));

            assertThat(aws.asked()).singleElement().satisfies(form -> assertThat(form)
                    .containsEntry("Action", "AssumeRole")
                    .containsEntry("RoleArn", ROLE)
                    .containsEntry("ExternalId", "ticket-4711")
                    .containsEntry("RoleSessionName", "jenkins-shop-17")
                    .containsEntry("DurationSeconds", "7200")
                    .containsEntry("Tags.member.1.Key", "job")
                    .containsEntry("Tags.member.1.Value", "shop")
                    .doesNotContainKey("TransitiveTagKeys.member.1"));
        }
    }

    @Test
    void a_session_made_from_a_session_is_cut_to_the_hour_that_aws_grants_and_says_so() throws Exception {
        try (AwsWire aws = new AwsWire().thenRecorded("assume-role")) {
            AssumedRole assumed = new StsRoleSessions(aws.settings())
                    .assume(SESSION, new RoleSessionRequest(ROLE, null, "name", Map.of(), 7200));

            assertThat(aws.asked()).singleElement().satisfies(form -> assertThat(form).containsEntry("DurationSeconds", "3600"));
            assertThat(assumed.notes()).containsExactly("The session of role " + ROLE
                    + " lasts 3600 seconds instead of 7200: AWS grants no more to a caller that holds a session itself."
                    + " Credentials of an IAM user get longer ones.");
        }
    }

    @Test
    void a_short_session_made_from_a_session_needs_no_note() throws Exception {
        try (AwsWire aws = new AwsWire().thenRecorded("assume-role")) {
            AssumedRole assumed = new StsRoleSessions(aws.settings())
                    .assume(SESSION, new RoleSessionRequest(ROLE, null, "name", Map.of(), 900));

            assertThat(aws.asked()).singleElement().satisfies(form -> assertThat(form).containsEntry("DurationSeconds", "900"));
            assertThat(assumed.notes()).isEmpty();
        }
    }

    @Test
    void a_role_that_takes_no_tags_is_assumed_without_them_and_says_so() throws Exception {
        try (AwsWire aws = new AwsWire().thenRecorded("tag-session-denied").thenRecorded("assume-role")) {
            AssumedRole assumed = new StsRoleSessions(aws.settings())
                    .assume(USER, new RoleSessionRequest(ROLE, "ticket-4711", "name", Map.of("job", "shop"), null));

            assertThat(aws.asked()).hasSize(2);
            assertThat(aws.asked().get(1))
                    .containsEntry("ExternalId", "ticket-4711")
                    .doesNotContainKey("Tags.member.1.Key");
            assertThat(assumed.notes()).containsExactly("The session of role " + ROLE
                    + " carries no session tags because the role does not take them. To have them in CloudTrail, allow"
                    + " sts:TagSession in its trust policy.");
        }
    }

    @Test
    void tags_too_large_to_pack_are_left_out() throws Exception {
        try (AwsWire aws = new AwsWire().thenRecorded("packed-policy-too-large").thenRecorded("assume-role")) {
            AssumedRole assumed = new StsRoleSessions(aws.settings())
                    .assume(USER, new RoleSessionRequest(ROLE, null, "name", Map.of("job", "shop"), null));

            assertThat(assumed.notes()).hasSize(1);
        }
    }

    private static AwsSettings settings(Moto moto) {
        return AwsSettings.of(Moto.REGION.id(), moto.environment());
    }
}
