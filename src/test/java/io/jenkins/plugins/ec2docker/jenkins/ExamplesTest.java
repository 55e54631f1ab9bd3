package io.jenkins.plugins.ec2docker.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import com.sun.net.httpserver.HttpServer;
import hudson.FilePath;
import hudson.Launcher;
import hudson.ProxyConfiguration;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.ParametersAction;
import hudson.model.Run;
import hudson.model.StringParameterValue;
import hudson.model.TaskListener;
import hudson.model.TextParameterValue;
import hudson.model.User;
import hudson.scm.NullSCM;
import hudson.scm.SCMDescriptor;
import hudson.scm.SCMRevisionState;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.SecretSource;
import io.jenkins.plugins.ec2docker.aws.cleanup.ResourceKind;
import io.jenkins.plugins.ec2docker.aws.cleanup.TaggedResource;
import io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerConfiguration;
import io.jenkins.plugins.ec2docker.jenkins.config.GuardrailsConfig;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The examples as they stand in {@code examples/}: their steps are real, the tools around them only say how they were called. */
@WithJenkins
class ExamplesTest {

    private static final Path EXAMPLES = Path.of("examples").toAbsolutePath();

    /** What Configuration as Code would find in Jenkins' environment. */
    @TestExtension
    public static final class Environment extends SecretSource {
        @Override
        public Optional<String> reveal(String name) {
            return Optional.ofNullable(Map.of(
                    "AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE",
                    "AWS_SECRET_ACCESS_KEY", "secret-of-the-store",
                    "JENKINS_HOME", Jenkins.get().getRootDir().toString()).get(name));
        }
    }

    /** A repository that is a directory; what a checkout does is to copy it. */
    public static final class Directory extends NullSCM {
        private final String path;

        Directory(String path) {
            this.path = path;
        }

        @Override
        public void checkout(
                Run<?, ?> build, Launcher launcher, FilePath workspace, TaskListener listener, File changes, SCMRevisionState before)
                throws IOException, InterruptedException {
            super.checkout(build, launcher, workspace, listener, changes, before);
            new FilePath(new File(path)).copyRecursiveTo(workspace);
        }

        @TestExtension
        public static final class DescriptorImpl extends SCMDescriptor<Directory> {
            public DescriptorImpl() {
                super(null);
            }
        }
    }

    @TempDir
    Path directory;

    private final Moto aws = Moto.shared();
    private JenkinsRule jenkins;
    private Path calls;

    @BeforeEach
    void a_jenkins_with_the_tools(JenkinsRule rule) throws Exception {
        aws.reset();
        jenkins = rule;
        Ec2DockerConfiguration.get().setAwsEndpoint(aws.endpoint().toString());
        calls = Files.createFile(directory.resolve("calls"));
        for (String tool : List.of("bandit", "curl", "docker", "flake8")) {
            try (InputStream script = getClass().getResourceAsStream("tool.sh")) {
                Files.copy(script, directory.resolve(tool));
            }
            assertThat(directory.resolve(tool).toFile().setExecutable(true)).isTrue();
        }
        jenkins.jenkins.getGlobalNodeProperties().add(new EnvironmentVariablesNodeProperty(
                new EnvironmentVariablesNodeProperty.Entry("PATH+TOOLS", directory.toString()),
                new EnvironmentVariablesNodeProperty.Entry("CALLS", calls.toString())));
    }

    @Test
    void minimal() throws Exception {
        addAwsCredentials();
        WorkflowJob job = pipeline("jenkins-minimal");
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        assertThat(JenkinsRule.getLog(build)).contains("nginx answers at " + output(job, "minimal", "url"));
        assertThat(instances("eu-central-1")).containsExactly("t3.small, running");
    }

    @Test
    void declarative() throws Exception {
        addAwsCredentials();
        WorkflowJob job = pipeline("jenkins-declarative");
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        assertThat(JenkinsRule.getLog(build)).contains("Destroyed; nothing is left in AWS.");
        assertThat(Files.readAllLines(calls)).singleElement().asString().matches("curl --fail .* http://[0-9.]+:80/");
        assertThat(aws.owned("eu-central-1")).isEmpty();
    }

    @Test
    void promotion_gives_production_what_was_verified_in_staging_and_not_what_its_tag_stands_for_by_then() throws Exception {
        addAwsCredentials("aws-staging");
        addAwsCredentials("aws-production");
        JenkinsRule.DummySecurityRealm realm = jenkins.createDummySecurityRealm();
        realm.addGroups("rita", "release-managers");
        jenkins.jenkins.setSecurityRealm(realm);
        jenkins.jenkins.setAuthorizationStrategy(
                new MockAuthorizationStrategy().grant(Jenkins.READ, Item.READ, Item.BUILD).everywhere().to("rita", "ada"));
        GuardrailsConfig named = new GuardrailsConfig();
        named.setImages(List.of("registry.example.com/**", "**"));
        Ec2DockerConfiguration.get().setGuardrails(named);
        try (RegistryBehindProxy registry = new RegistryBehindProxy(directory)) {
            jenkins.jenkins.setProxy(new ProxyConfiguration("127.0.0.1", registry.port(), null, null, "127.0.0.1"));
            String verified = "registry.example.com/acme/shop:1.4@" + registry.moves("acme/shop", "1.4", 'a');
            WorkflowJob job = pipeline("jenkins-promotion");
            WorkflowRun build = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("Release " + verified + " to production?", build);
            assertThat(jenkins.jenkins.toComputer().countBusy()).as("executors that wait").isZero();
            assertThat(deployments(job)).containsExactly("shop-staging");
            registry.moves("acme/shop", "1.4", 'b');

            InputStepExecution input = build.getAction(InputAction.class).getExecutions().get(0);
            try (ACLContext ada = ACL.as2(User.getById("ada", true).impersonate2())) {
                assertThatThrownBy(input::doProceedEmpty).hasMessageContaining("release-managers");
            }
            HtmlPage asked = jenkins.createWebClient().login("rita").getPage(build, "input");
            jenkins.submit(asked.getFormByName(input.getId()), "proceed");

            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            assertThat(JenkinsRule.getLog(build)).contains("rita released " + verified + " to " + output(job, "shop-production", "url"));
            DeploymentStore store = JobDeployments.of(job);
            for (String name : List.of("shop-staging", "shop-production")) {
                assertThat(store.images(name, store.find(name).orElseThrow().appliedRun())).containsExactly(verified);
            }
            assertThat(store.request("shop-staging", store.find("shop-staging").orElseThrow().appliedRun()).section("scaling"))
                    .containsEntry("min", 2);
            assertThat(store.request("shop-production", store.find("shop-production").orElseThrow().appliedRun()).section("scaling"))
                    .containsEntry("min", 3);
        }
    }

    @Test
    void flask_monitor_from_a_checkout_to_the_smoke_test() throws Exception {
        addAwsCredentials();
        SystemCredentialsProvider.getInstance().getCredentials().add(
                new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "docker-hub", "", "ada", "password-of-ada"));
        HttpServer world = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        world.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        world.start();
        try {
            // The instance has an address of the world, and what is asked there, a proxy may answer.
            jenkins.jenkins.setProxy(new ProxyConfiguration("127.0.0.1", world.getAddress().getPort(), null, null, "127.0.0.1"));
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "monitor");
            job.setDefinition(new CpsScmFlowDefinition(new Directory(repository().toString()), "Jenkinsfile"));
            WorkflowRun build = jenkins.buildAndAssertSuccess(job);

            String url = output(job, "flask-monitor", "url");
            assertThat(url).endsWith(":5001/");
            assertThat(build.getDescription()).isEqualTo(url);
            assertThat(instances("us-east-2")).containsExactly("t3.medium, running");
            assertThat(JenkinsRule.getLog(build)).contains(url + " answers HTTP 200.").doesNotContain("password-of-ada");
            String image = "yaelitrovnik/flask-aws-monitor";
            assertThat(Files.readAllLines(calls)).containsOnlyOnce("flake8 app.py --ignore=E501", "bandit -r .")
                    .containsSubsequence(
                            "docker build -t " + image + ":1 app/",
                            "docker tag " + image + ":1 " + image + ":latest",
                            "docker login -u ada --password-stdin <password-of-ada",
                            "docker push " + image + ":1",
                            "docker push " + image + ":latest",
                            "curl --fail --silent --show-error --retry 5 --retry-all-errors --max-time 10 " + url,
                            "docker logout",
                            "docker image rm " + image + ":1 " + image + ":latest");
            assertThat(build.getArtifacts()).extracting(artifact -> artifact.getFileName()).containsExactly("page.html");
        } finally {
            world.stop(0);
        }
    }

    @Test
    void freestyle_by_configuration_as_code_and_job_dsl() throws Exception {
        Files.copy(EXAMPLES.resolve("jenkins-freestyle/jobs.groovy"), jenkins.jenkins.getRootDir().toPath().resolve("jobs.groovy"));
        ConfigurationAsCode.get().configure(EXAMPLES.resolve("jenkins-freestyle/jenkins.yaml").toString());
        assertThat(CredentialsProvider.lookupCredentialsInItemGroup(AWSCredentialsImpl.class, jenkins.jenkins, ACL.SYSTEM2, List.of()))
                .extracting(credentials -> credentials.getSecretKey().getPlainText())
                .containsExactly("secret-of-the-store");

        FreeStyleProject job = jenkins.jenkins.getItemByFullName("provision-web", FreeStyleProject.class);
        FreeStyleBuild build = jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0, new ParametersAction(
                new StringParameterValue("NAME", "shop"),
                new StringParameterValue("IMAGE", "nginx:1.27"),
                new TextParameterValue("PORTS", "80:80\n8443:443", ""),
                new StringParameterValue("INSTANCE_TYPE", "t3.medium"),
                new StringParameterValue("LIFETIME", "2h"))));

        assertThat(instances("eu-central-1")).containsExactly("t3.medium, running");
        assertThat(JobDeployments.of(job).find("shop").orElseThrow().expires()).isNotNull();
        assertThat(Files.readAllLines(calls)).containsExactly("curl --fail --retry 5 --retry-all-errors " + output(job, "shop", "url"));
        assertThat(JenkinsRule.getLog(build)).contains("Provisioned.");
    }

    private static void addAwsCredentials() {
        addAwsCredentials("aws");
    }

    private static void addAwsCredentials(String id) {
        SystemCredentialsProvider.getInstance().getCredentials().add(
                new AWSCredentialsImpl(CredentialsScope.GLOBAL, id, "AKIAIOSFODNN7EXAMPLE", "secret-of-the-store", ""));
    }

    private WorkflowJob pipeline(String example) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, example.replaceFirst("^jenkins-", ""));
        job.setDefinition(new CpsFlowDefinition(Files.readString(EXAMPLES.resolve(example).resolve("Jenkinsfile")), true));
        return job;
    }

    private Path repository() throws Exception {
        Path repository = Files.createDirectories(directory.resolve("repository"));
        Files.copy(EXAMPLES.resolve("jenkins-flask-monitor/Jenkinsfile"), repository.resolve("Jenkinsfile"));
        Files.createFile(repository.resolve("app.py"));
        Files.createFile(Files.createDirectory(repository.resolve("app")).resolve("Dockerfile"));
        return repository;
    }

    private static List<String> deployments(Item job) throws Exception {
        return JobDeployments.of(job).list().stream().map(deployment -> deployment.name()).toList();
    }

    private static String output(Item job, String deployment, String name) throws Exception {
        return JobDeployments.of(job).find(deployment).orElseThrow().outputs().get(name).asText();
    }

    private List<String> instances(String region) throws Exception {
        return aws.owned(region).stream()
                .filter(resource -> resource.kind() == ResourceKind.INSTANCE)
                .map(TaggedResource::detail)
                .toList();
    }
}
