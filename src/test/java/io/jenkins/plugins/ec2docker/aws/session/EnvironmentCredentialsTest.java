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
    void a_profile_that_does_not_exist_is_named() {
        System.setProperty("aws.profile", "nowhere");
        assertThat(refusal(Map.of("AWS_PROFILE", "nowhere", "AWS_ACCESS_KEY_ID", "AKIA4711")))
                .hasMessage("No AWS credentials were found: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not both set, and"
                        + " profile \"nowhere\" does not exist or gives none. `aws configure list` shows what is there.");
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
                .hasMessage("The default profile logs in by IAM Identity Center (SSO), which is not built in here, or its login is"
                        + " over. Run `aws sso login` and then `eval \"$(aws configure export-credentials --format env)\"`.");
    }

    private static AwsException refusal(Map<String, String> environment) {
        return catchThrowableOfType(AwsException.class, () -> new EnvironmentCredentials(environment).find());
    }
}
