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
import io.jenkins.plugins.ec2docker.jenkins.runs.Runs;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Credentials of the store against STS. */
@OneJenkins
class JenkinsCredentialsTest {

    private final Moto aws = Moto.shared();
    private final Map<String, String> environment = Map.of("AWS_ENDPOINT_URL", aws.endpoint().toString());
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

    private JenkinsCredentials credentials(String id) {
        return new JenkinsCredentials(
                id, build.getParent(), build, Moto.REGION.id(), "jenkins-shop-1", environment, hidden::add);
    }

    private static void add(AWSCredentialsImpl credentials) throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials);
        SystemCredentialsProvider.getInstance().save();
    }
}
