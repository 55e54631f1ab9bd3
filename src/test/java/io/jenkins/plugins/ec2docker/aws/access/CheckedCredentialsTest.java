package io.jenkins.plugins.ec2docker.aws.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.ec2docker.aws.clients.Ec2Instances;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.session.AssumedRole;
import io.jenkins.plugins.ec2docker.aws.session.CallerIdentity;
import io.jenkins.plugins.ec2docker.aws.session.RoleSessionRequest;
import io.jenkins.plugins.ec2docker.aws.session.StsCallerIdentityLookup;
import io.jenkins.plugins.ec2docker.aws.session.StsRoleSessions;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;

/** An AWS that checks credentials and policies: moto with {@code INITIAL_NO_AUTH_ACTION_COUNT}, its answers as they come. */
class CheckedCredentialsTest {
    private static final String USER = "arn:aws:iam::123456789012:user/jenkins";
    private static final String ROLE = "arn:aws:iam::123456789012:role/provisioner";
    private static Moto moto;
    private static SessionCredentials trusted;
    private static SessionCredentials powerless;

    @BeforeAll
    static void makeUsersAndRole() throws Exception {
        moto = Moto.start(Map.of("INITIAL_NO_AUTH_ACTION_COUNT", "100"));
        try (IamClient iam = moto.iam()) {
            trusted = user(iam, "jenkins");
            powerless = user(iam, "guest");
            iam.putUserPolicy(policy -> policy.userName("jenkins").policyName("assume").policyDocument("""
                    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}]}"""));
            iam.createRole(role -> role.roleName("provisioner").assumeRolePolicyDocument("""
                    {"Version": "2012-10-17", "Statement": [{
                      "Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole",
                      "Condition": {"StringEquals": {"sts:ExternalId": "ticket-4711"}}}]}""".formatted(USER)));
        }
        checkFromNowOn();
    }

    @AfterAll
    static void stop() {
        moto.close();
    }

    @Test
    void a_trusted_user_with_the_external_id_gets_the_session() throws Exception {
        AssumedRole assumed = new StsRoleSessions(settings()).assume(trusted, request("ticket-4711"));

        assertThat(new StsCallerIdentityLookup(settings()).check(assumed.credentials())).isEqualTo(new CallerIdentity(
                "123456789012", "arn:aws:sts::123456789012:assumed-role/provisioner/jenkins-shop-17", assumed.identity().userId()));
    }

    @Test
    void a_wrong_external_id_is_one_of_the_reasons_named() {
        AwsException refusal = refusal(() -> new StsRoleSessions(settings()).assume(trusted, request("ticket-1")));

        assertThat(refusal.reason()).isEqualTo(AwsException.Reason.ROLE_NOT_ASSUMABLE);
        assertThat(refusal).hasMessage(USER + " may not assume role " + ROLE
                + ": there is no such role, or its trust policy does not let this caller in, or it asks for another external id"
                + " than the one given, or the caller's own policies do not allow sts:AssumeRole on it (AWS does not say which)."
                + " Check the ARN, that the trust policy names this caller as principal and has this external id as its"
                + " sts:ExternalId condition, and the caller's policies.");
    }

    @Test
    void a_caller_without_permission_is_named() {
        AwsException refusal = refusal(() -> new StsRoleSessions(settings()).assume(powerless, request("ticket-4711")));

        assertThat(refusal.reason()).isEqualTo(AwsException.Reason.ROLE_NOT_ASSUMABLE);
        assertThat(refusal).hasMessageStartingWith("arn:aws:iam::123456789012:user/guest may not assume role " + ROLE);
    }

    @Test
    void an_unknown_key_is_named_by_its_ends() {
        SessionCredentials unknown = SessionCredentials.ofUser("AKIAUNKNOWNUNKNOW4711", "any");

        assertThat(refusal(() -> new StsCallerIdentityLookup(settings()).check(unknown)))
                .hasMessage("AWS does not accept access key AKIA…4711: it was deleted or switched off, or its account has not"
                        + " enabled the region eu-central-1. Check the key in IAM under Security credentials.")
                .extracting(AwsException::reason)
                .isEqualTo(AwsException.Reason.UNKNOWN_KEY);
    }

    @Test
    void a_secret_that_does_not_fit_the_key_is_told_from_an_unknown_key() {
        SessionCredentials mistyped = SessionCredentials.ofUser(trusted.accessKeyId(), "not-the-secret");

        assertThat(refusal(() -> new StsCallerIdentityLookup(settings()).check(mistyped)))
                .hasMessageStartingWith("The secret access key does not belong to access key AKIA…")
                .extracting(AwsException::reason)
                .isEqualTo(AwsException.Reason.WRONG_SECRET);
    }

    @Test
    void a_token_of_another_session_is_told_from_an_unknown_key() {
        SessionCredentials mixed =
                new SessionCredentials("ASIAMIXEDMIXEDMIX4711", new Secret("any"), new Secret("token-of-another-session"), null);

        assertThat(refusal(() -> new StsCallerIdentityLookup(settings()).check(mixed)))
                .hasMessageStartingWith("AWS does not accept the session token of access key ASIA…4711: it is incomplete,")
                .extracting(AwsException::reason)
                .isEqualTo(AwsException.Reason.INVALID_TOKEN);
    }

    @Test
    void a_missing_permission_on_ec2_is_named() {
        assertThat(refusal(() -> new Ec2Instances(settings()).describe(powerless, "i-0123456789abcdef0")))
                .hasMessage("arn:aws:iam::123456789012:user/guest is not allowed to call ec2:DescribeInstances."
                        + " Add ec2:DescribeInstances to its policies; docs/aws-permissions.md lists what is needed.")
                .extracting(AwsException::reason)
                .isEqualTo(AwsException.Reason.NOT_ALLOWED);
    }

    @Test
    void ec2_says_of_a_bad_key_what_sts_says() {
        SessionCredentials unknown = SessionCredentials.ofUser("AKIAUNKNOWNUNKNOW4711", "any");

        assertThat(refusal(() -> new Ec2Instances(settings()).describe(unknown, "i-0123456789abcdef0")).reason())
                .isEqualTo(AwsException.Reason.UNKNOWN_KEY);
    }

    private static RoleSessionRequest request(String externalId) {
        return new RoleSessionRequest(ROLE, externalId, "jenkins-shop-17", Map.of(), null);
    }

    private static AwsException refusal(ThrowingCallable call) {
        return catchThrowableOfType(AwsException.class, call);
    }

    private static AwsSettings settings() {
        return AwsSettings.of("eu-central-1", moto.environment());
    }

    private static SessionCredentials user(IamClient iam, String name) {
        iam.createUser(user -> user.userName(name));
        AccessKey key = iam.createAccessKey(request -> request.userName(name)).accessKey();
        return SessionCredentials.ofUser(key.accessKeyId(), key.secretAccessKey());
    }

    private static void checkFromNowOn() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(moto.endpoint().resolve("/moto-api/reset-auth"))
                .POST(HttpRequest.BodyPublishers.ofString("0"))
                .build();
        assertThat(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
}
