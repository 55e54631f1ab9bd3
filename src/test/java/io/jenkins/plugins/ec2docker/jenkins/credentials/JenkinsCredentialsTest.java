package io.jenkins.plugins.ec2docker.jenkins.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FreeStyleBuild;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.session.StsCallerIdentityLookup;
import io.jenkins.plugins.ec2docker.jenkins.OneJenkins;
import io.jenkins.plugins.ec2docker.jenkins.SharedJenkins;
import io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerConfiguration;
import io.jenkins.plugins.ec2docker.jenkins.runs.Runs;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Credentials of the store against STS. */
@OneJenkins
class JenkinsCredentialsTest {

    private final Moto aws = Moto.shared();
    private final Map<String, String> environment = Map.of(
            "AWS_ENDPOINT_URL", aws.endpoint().toString(),
            "AWS_ACCESS_KEY_ID", "AKIACONTROLLER",
            "AWS_SECRET_ACCESS_KEY", "sentinelSecretKeyOfTheController0123456789");
    private final List<SessionCredentials> hidden = new ArrayList<>();

    private FreeStyleBuild build;

    private static JenkinsRule jenkins;

    @BeforeAll
    static void one_jenkins_for_all(JenkinsRule rule) {
        jenkins = rule;
    }

    @AfterEach
    void empty_for_the_next() throws Exception {
        SharedJenkins.empty();
    }

    @BeforeEach
    void start() throws Exception {
        aws.reset();
        build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("shop"));
        Ec2DockerConfiguration.get().setControllerCredentials(false);
    }

    @Test
    void a_role_of_the_stored_credentials_is_assumed_in_the_name_of_job_and_build() throws Exception {
        String role = aws.iam().createRole(r -> r.roleName("deployer").assumeRolePolicyDocument("{}")).role().arn();
        add(new AWSCredentialsImpl(CredentialsScope.GLOBAL, "aws", "AKIAIOSFODNN7EXAMPLE", Runs.SECRET_KEY, "", role, "", "ext-1"));

        SessionCredentials found = credentials("aws").find();

        assertThat(found.temporary()).isTrue();
        assertThat(new StsCallerIdentityLookup(AwsSettings.of(Moto.REGION.id(), environment)).check(found).arn())
                .isEqualTo("arn:aws:sts::123456789012:assumed-role/deployer/jenkins-shop-1");
        assertThat(hidden).flatExtracting(SessionCredentials::secrets).hasSize(3);
        assertThat(CredentialsProvider.getOrCreateFingerprintOf(SystemCredentialsProvider.getInstance().getCredentials().get(0)).getJobs())
                .containsExactly("shop");
    }

    @Test
    void plain_keys_are_used_as_they_are() throws Exception {
        add(new AWSCredentialsImpl(CredentialsScope.GLOBAL, "aws", "AKIAIOSFODNN7EXAMPLE", Runs.SECRET_KEY, ""));

        assertThat(credentials("aws").find()).isEqualTo(SessionCredentials.ofUser("AKIAIOSFODNN7EXAMPLE", Runs.SECRET_KEY));
    }

    @Test
    void what_the_job_may_not_use_is_refused_in_a_sentence() throws Exception {
        add(new AWSCredentialsImpl(CredentialsScope.SYSTEM, "for-the-system-alone", "AKIAIOSFODNN7EXAMPLE", Runs.SECRET_KEY, ""));

        assertThatThrownBy(() -> credentials("for-the-system-alone").find())
                .isInstanceOf(AwsException.class)
                .hasMessageStartingWith(
                        "credentialsId \"for-the-system-alone\": job shop has no AWS credentials of that id, or may not use them.");
        assertThatThrownBy(() -> credentials(null).find())
                .isInstanceOf(AwsException.class)
                .hasMessageContaining("the controller's own AWS credentials is switched off");
    }

    @Test
    void a_blank_access_key_means_the_controllers_own_and_is_refused_while_these_are_switched_off() throws Exception {
        String role = aws.iam().createRole(r -> r.roleName("deployer").assumeRolePolicyDocument("{}")).role().arn();
        add(new AWSCredentialsImpl(CredentialsScope.GLOBAL, "blank", " ", "", ""));
        add(new AWSCredentialsImpl(CredentialsScope.GLOBAL, "blank-with-role", "", "", "", role, "", ""));

        for (String id : List.of("blank", "blank-with-role")) {
            assertThatThrownBy(() -> credentials(id).find())
                    .isInstanceOf(AwsException.class)
                    .hasMessageStartingWith(
                            "credentialsId \"" + id + "\": has no access key, which means the controller's own AWS credentials");
        }

        Ec2DockerConfiguration.get().setControllerCredentials(true);
        assertThat(credentials("blank").find().accessKeyId()).isEqualTo("AKIACONTROLLER");
        assertThat(credentials("blank-with-role").find().temporary()).isTrue();
    }

    @Test
    void the_controllers_own_reach_an_agent_only_as_the_session_of_a_role() throws Exception {
        Ec2DockerConfiguration.get().setControllerCredentials(true);
        add(new AWSCredentialsImpl(CredentialsScope.GLOBAL, "blank", "", "", ""));
        add(new AWSCredentialsImpl(CredentialsScope.GLOBAL, "blank-with-role", "", "", "", "arn:aws:iam::123456789012:role/deployer", "",
                ""));
        add(new AWSCredentialsImpl(CredentialsScope.GLOBAL, "keys", "AKIAIOSFODNN7EXAMPLE", Runs.SECRET_KEY, ""));

        assertThat(refusalOnAgent("blank", false)).get().asString()
                .startsWith("credentialsId \"blank\": means the controller's own AWS credentials, which are not given to an agent.");
        assertThat(refusalOnAgent(null, false)).isPresent();
        assertThat(refusalOnAgent("blank", true)).isEmpty();
        assertThat(refusalOnAgent(null, true)).isEmpty();
        assertThat(refusalOnAgent("blank-with-role", false)).isEmpty();
        assertThat(refusalOnAgent("keys", false)).isEmpty();
    }

    private Optional<String> refusalOnAgent(String id, boolean role) {
        return JenkinsCredentials.refusalOnAgent(id, build.getParent(), build, role);
    }

    private JenkinsCredentials credentials(String id) {
        return new JenkinsCredentials(
                id, build.getParent(), build, Moto.REGION.id(), "jenkins-shop-1", environment, hidden::add);
    }

    private static void add(AWSCredentialsImpl credentials) throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials);
        SystemCredentialsProvider.getInstance().save();
    }
}
