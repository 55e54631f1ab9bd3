package io.jenkins.plugins.ec2docker.aws.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.ec2docker.aws.access.Secret;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SDK's search is steered by its system properties, which it reads beside the variables of the same meaning. */
class EnvironmentCredentialsTest {
    @TempDir
    private Path home;

    @BeforeEach
    void looksOnlyIntoTheTestsHome() {
        System.setProperty("aws.configFile", home.resolve("config").toString());
        System.setProperty("aws.sharedCredentialsFile", home.resolve("credentials").toString());
        System.setProperty("aws.disableEc2Metadata", "true");
    }

    @AfterEach
    void forget() {
        for (String property : new String[] {"configFile", "sharedCredentialsFile", "disableEc2Metadata", "profile"}) {
            System.clearProperty("aws." + property);
        }
    }

    @Test
    void variables_come_first() throws Exception {
        SessionCredentials found = new EnvironmentCredentials(Map.of(
                "AWS_ACCESS_KEY_ID", "AKIA4711", "AWS_SECRET_ACCESS_KEY", " secret\n", "AWS_PROFILE", "nowhere"))
                .find();

        assertThat(found).isEqualTo(SessionCredentials.ofUser("AKIA4711", "secret"));
        assertThat(found.temporary()).isFalse();
    }

    @Test
    void a_token_in_the_variables_makes_a_session() throws Exception {
        assertThat(new EnvironmentCredentials(Map.of(
                "AWS_ACCESS_KEY_ID", "ASIA4711", "AWS_SECRET_ACCESS_KEY", "secret", "AWS_SESSION_TOKEN", "token"))
                .find())
                .isEqualTo(new SessionCredentials("ASIA4711", new Secret("secret"), new Secret("token"), null));
    }

    @Test
    void a_profile_comes_next() throws Exception {
        Files.writeString(home.resolve("credentials"), """
                [default]
                aws_access_key_id = AKIADEFAULT
                aws_secret_access_key = one
                [other]
                aws_access_key_id = ASIAOTHER
                aws_secret_access_key = two
                aws_session_token = three
                """);

        assertThat(new EnvironmentCredentials(Map.of()).find()).isEqualTo(SessionCredentials.ofUser("AKIADEFAULT", "one"));
        System.setProperty("aws.profile", "other");
        assertThat(new EnvironmentCredentials(Map.of("AWS_PROFILE", "other")).find())
                .isEqualTo(new SessionCredentials("ASIAOTHER", new Secret("two"), new Secret("three"), null));
    }

    @Test
    void credentials_of_a_program_come_with_their_expiry() throws Exception {
        Path program = Files.writeString(home.resolve("program"), """
                #!/bin/sh
                echo '{"Version": 1, "AccessKeyId": "ASIAPROGRAM", "SecretAccessKey": "s", "SessionToken": "t",'
                echo ' "Expiration": "2999-01-02T03:04:05Z"}'
                """);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve("config"), "[default]\ncredential_process = " + program + "\n");

        assertThat(new EnvironmentCredentials(Map.of()).find().expires()).isEqualTo("2999-01-02T03:04:05Z");
    }

    @Test
    void without_any_the_message_says_where_was_looked() {
        assertThat(refusal(Map.of()))
                .hasMessage("No AWS credentials were found: not in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, not in a profile,"
                        + " not from a container or an instance. Set the two variables, or AWS_PROFILE; `aws sts"
                        + " get-caller-identity` shows whether it works.")
                .extracting(AwsException::reason)
                .isEqualTo(AwsException.Reason.NO_CREDENTIALS);
    }

    @Test
    void a_profile_that_does_not_exist_is_named_with_the_nearest_that_does() throws Exception {
        Files.writeString(home.resolve("config"), "[profile staging]\nregion = eu-central-1\n[profile sso]\nsso_session = x\n");

        assertThat(refusal("stagign")).hasMessage("No AWS credentials were found: profile \"stagign\", which AWS_PROFILE names, does not"
                + " exist; did you mean \"staging\"?");
        assertThat(refusal("production")).hasMessageEndingWith("does not exist; there are: sso, staging.");
    }

    @Test
    void half_a_pair_of_keys_is_told_as_that() throws Exception {
        Files.writeString(home.resolve("config"), "[profile half]\naws_access_key_id = AKIA4711\n[profile sso]\nsso_session = x\n");

        assertThat(refusal("half")).hasMessage(
                "No AWS credentials were found: profile \"half\" has aws_access_key_id but no aws_secret_access_key; add it.");
        assertThat(refusal(Map.of("AWS_ACCESS_KEY_ID", "AKIA4711"))).hasMessageStartingWith(
                "No AWS credentials were found: of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY only one is set.");
    }

    @Test
    void a_profile_without_keys_is_told_as_that() throws Exception {
        Files.writeString(home.resolve("config"), "[profile sso-empty]\nregion = eu-central-1\n");

        assertThat(refusal("sso-empty")).hasMessage("No AWS credentials were found: profile \"sso-empty\" has no credentials; add"
                + " aws_access_key_id and aws_secret_access_key, or credential_process.");
    }

    @Test
    void a_program_that_fails_is_told_with_what_it_said() throws Exception {
        Files.writeString(home.resolve("config"), "[profile vault]\ncredential_process = sh -c \"echo please log in >&2; exit 3\"\n"
                + "[profile sso]\nsso_session = x\n");

        assertThat(refusal("vault")).hasMessageStartingWith("No AWS credentials were found: profile \"vault\" asks a program"
                + " (credential_process) for credentials, which gives none: ").hasMessageContaining("please log in")
                .hasMessageEndingWith(". Run the program by hand to see why.");
    }

    @Test
    void a_role_whose_source_is_missing_is_told_as_that() throws Exception {
        Files.writeString(home.resolve("config"),
                "[profile role]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = nowhere\n");

        assertThat(refusal("role")).hasMessageContaining("profile \"role\" assumes a role, and that fails: ")
                .hasMessageContaining("nowhere");
    }

    @Test
    void a_damaged_file_is_told_as_that() throws Exception {
        Files.writeString(home.resolve("config"), "nonsense\n[default]\n");

        assertThat(refusal(Map.of())).hasMessageContaining("the configuration files of AWS cannot be read: ")
                .hasMessageContaining("on line 1");
    }

    @Test
    void a_profile_with_single_sign_on_gets_the_two_commands_that_help() throws Exception {
        Files.writeString(home.resolve("config"), """
                [default]
                sso_session = company
                sso_account_id = 123456789012
                sso_role_name = developer
                [sso-session company]
                sso_region = eu-central-1
                sso_start_url = https://company.awsapps.com/start
                """);

        assertThat(refusal(Map.of()))
                .hasMessage(
                        "No AWS credentials were found: the default profile logs in by IAM Identity Center (SSO), which is not built in here, or its login is"
                                + " over. Run `aws sso login` and then `eval \"$(aws configure export-credentials --format env)\"`.");
    }

    private static AwsException refusal(String profile) {
        System.setProperty("aws.profile", profile);
        return refusal(Map.of("AWS_PROFILE", profile));
    }

    private static AwsException refusal(Map<String, String> environment) {
        return catchThrowableOfType(AwsException.class, () -> new EnvironmentCredentials(environment).find());
    }
}
