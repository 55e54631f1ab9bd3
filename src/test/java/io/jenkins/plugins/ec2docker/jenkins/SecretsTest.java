package io.jenkins.plugins.ec2docker.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.sun.net.httpserver.HttpServer;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import hudson.slaves.DumbSlave;
import hudson.tasks.ArtifactArchiver;
import hudson.tasks.Mailer;
import hudson.util.Secret;
import io.jenkins.plugins.ec2docker.jenkins.builder.ProvisionBuilder;
import io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerConfiguration;
import io.jenkins.plugins.ec2docker.jenkins.form.AppContainer;
import io.jenkins.plugins.ec2docker.jenkins.form.AppRole;
import io.jenkins.plugins.ec2docker.jenkins.mail.SmtpSink;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import jenkins.model.JenkinsLocationConfiguration;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.credentialsbinding.impl.SecretBuildWrapper;
import org.jenkinsci.plugins.credentialsbinding.impl.StringBinding;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceAttributeName;

/**
 * Where a secret of a run could come to light: on the controller's disk while it works and after it, in the arguments of processes,
 * on every page and in every answer of the REST API, in mail, and in the archive of the whole workspace.
 */
@OneJenkins
class SecretsTest {

    private static final String STORED_KEY = "sentinelSecretKeyOfTheStore0123456789abcd";
    private static final String TOKEN = "sentinel-value-of-a-container-variable";
    private static final String EXTERNAL_ID = "sentinel-external-id";
    private static final String USERS = "username,email\nsentinel-user,a@example.com\n";

    /** Each with a text that it shows, so that an empty page is no proof. */
    private static final Map<String, String> PAGES = Map.ofEntries(
            Map.entry("api/json?depth=4", "shop"),
            Map.entry("ec2-docker/", "web"),
            Map.entry("ec2-docker/api/json?depth=3", "instance_id"),
            Map.entry("job/shop/", "web"),
            Map.entry("job/shop/api/json?depth=3", "instance_id"),
            Map.entry("job/shop/ec2-docker/", "web"),
            Map.entry("job/shop/ec2-docker/api/json?depth=3", "instance_id"),
            Map.entry("job/shop/1/", "web"),
            Map.entry("job/shop/1/api/json?depth=3", "instance_id"),
            Map.entry("job/shop/1/api/xml?depth=3", "instance_id"),
            Map.entry("job/shop/1/console", "Provisioned."),
            Map.entry("job/shop/1/consoleText", "Provisioned."),
            Map.entry("job/shop/1/ec2-docker/", "TOKEN"),
            Map.entry("job/shop/1/ec2-docker/live", "instance_id"),
            Map.entry("job/shop/1/ec2-docker/lines", "Provisioned."),
            Map.entry("job/shop/1/ec2-docker/log.txt", "Provisioned."),
            Map.entry("job/shop/1/ec2-docker/api/json?depth=3", "instance_id"),
            Map.entry("job/shop/1/ec2-docker/api/xml?depth=3", "instance_id"));

    private final Moto aws = Moto.shared();
    private final Sentinels secrets = new Sentinels(STORED_KEY, TOKEN, EXTERNAL_ID, "sentinel-user");

    private static JenkinsRule jenkins;
    private static DumbSlave agent;

    @BeforeAll
    static void one_jenkins_with_an_agent(JenkinsRule rule) throws Exception {
        jenkins = rule;
        agent = jenkins.createOnlineSlave();
    }

    @AfterEach
    void empty_for_the_next() throws Exception {
        SharedJenkins.empty();
    }

    @BeforeEach
    void a_jenkins_with_secrets() throws Exception {
        aws.reset();
        List<Credentials> store = SystemCredentialsProvider.getInstance().getCredentials();
        store.add(new AWSCredentialsImpl(CredentialsScope.GLOBAL, "aws", "AKIAIOSFODNN7EXAMPLE", STORED_KEY, ""));
        store.add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "", Secret.fromString(TOKEN)));
        store.add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "external-id", "", Secret.fromString(EXTERNAL_ID)));
        store.add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "users", "", Secret.fromString(USERS)));
        SystemCredentialsProvider.getInstance().save();
        Ec2DockerConfiguration.get().setAwsEndpoint(aws.endpoint().toString());
        Ec2DockerConfiguration.get().save();
    }

    @Test
    void a_pipeline_keeps_what_withCredentials_gave_it() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "shop");
        job.setDefinition(new CpsFlowDefinition("""
                node('%s') {
                    writeFile file: 'page.html', text: 'hello'
                    withCredentials([string(credentialsId: 'token', variable: 'TOKEN'), string(credentialsId: 'users', variable: 'USERS'),
                                     string(credentialsId: 'external-id', variable: 'EXTERNAL_ID')]) {
                        provisionEc2Docker(name: 'web', region: 'eu-central-1', instanceType: 't3.small', credentialsId: 'aws',
                            role: appRole(arn: 'arn:aws:iam::123456789012:role/deployer', externalId: EXTERNAL_ID),
                            containers: [appContainer(image: 'nginx:1.27', ports: ['80:80'], environment: [TOKEN: TOKEN])],
                            usersText: USERS)
                    }
                    archiveArtifacts artifacts: '**', defaultExcludes: false
                }
                """.formatted(agent.getNodeName()), true));

        assertNothingLeaks(job);
    }

    @Test
    void a_freestyle_build_keeps_what_its_bindings_gave_it() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("shop");
        job.setAssignedNode(agent);
        job.getBuildWrappersList().add(new SecretBuildWrapper(List.of(
                new StringBinding("TOKEN", "token"), new StringBinding("USERS", "users"),
                new StringBinding("EXTERNAL_ID", "external-id"))));
        ProvisionBuilder step = new ProvisionBuilder("eu-central-1", "t3.small");
        step.setName("web");
        step.setCredentialsId("aws");
        AppRole role = new AppRole("arn:aws:iam::123456789012:role/deployer");
        role.setExternalId("${EXTERNAL_ID}");
        step.setRole(role);
        AppContainer container = new AppContainer("nginx:1.27");
        container.setPorts(List.of("80:80"));
        container.setEnvironment(List.of("TOKEN=${TOKEN}"));
        step.setContainers(List.of(container));
        step.setUsersText("${USERS}");
        job.getBuildersList().add(step);
        ArtifactArchiver archiver = new ArtifactArchiver("**");
        archiver.setDefaultExcludes(false);
        archiver.setAllowEmptyArchive(true);
        job.getPublishersList().add(archiver);

        assertNothingLeaks(job);
    }

    @Test
    void a_boot_that_fails_shows_its_containers_logs_without_them() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "shop");
        job.setDefinition(new CpsFlowDefinition(
                pipeline("containers: [appContainer(image: 'nginx:1.27', ports: ['80:80'], environment: [TOKEN: TOKEN])],"
                        + " instanceType: 't3.small', usersText: USERS"),
                true));
        try (FailingBoots boots = new FailingBoots("TOKEN=" + TOKEN + " " + EXTERNAL_ID + " does not let sentinel-user in")) {
            aws.bootedBy(boots.address());
            WorkflowRun build = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
            assertThat(JenkinsRule.getLog(build)).contains("From the console of instance", "TOKEN=**** **** does not let **** in");
        }

        assertThat(secrets.under(jenkins.jenkins.getRootDir().toPath())).isEmpty();
        for (String page : PAGES.keySet()) {
            assertThat(secrets.in(fetch(page))).as(page).isEmpty();
        }
        assertThat(fetch("job/shop/1/ec2-docker/log.txt")).contains("TOKEN=**** **** does not let **** in");
    }

    @Test
    void a_service_of_tasks_keeps_them_also_where_they_stand_in_sections() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "shop");
        job.setDefinition(new CpsFlowDefinition(pipeline("""
                blueprint: 'fargate', sections: [environment: 'development',
                    containers: [[image: 'nginx:1.27', ports: ['8080:8080'], environment: [TOKEN: TOKEN]]],
                    network: [nat: 'none', endpoints: [], flowLogs: false, ingressCidrs: ['203.0.113.0/24']]]"""), true));
        WorkflowRun build = jenkins.assertBuildStatus(Result.SUCCESS, job.scheduleBuild2(0));

        assertThat(secrets.under(jenkins.jenkins.getRootDir().toPath())).isEmpty();
        assertThat(JenkinsRule.getLog(build)).contains("Provisioned.");
        for (String page : PAGES.keySet()) {
            assertThat(secrets.in(fetch(page))).as(page).isEmpty();
        }
        assertThat(fetch("job/shop/1/ec2-docker/")).contains("TOKEN", "development");
    }

    private String pipeline(String more) {
        return """
                node('%s') {
                    withCredentials([string(credentialsId: 'token', variable: 'TOKEN'), string(credentialsId: 'users', variable: 'USERS'),
                                     string(credentialsId: 'external-id', variable: 'EXTERNAL_ID')]) {
                        provisionEc2Docker(name: 'web', region: 'eu-central-1', credentialsId: 'aws',
                            role: appRole(arn: 'arn:aws:iam::123456789012:role/deployer', externalId: EXTERNAL_ID), %s)
                    }
                }
                """.formatted(agent.getNodeName(), more);
    }

    /** Each instance that is launched writes this to its console, and gives up. */
    private static final class FailingBoots implements AutoCloseable {
        private final HttpServer server;

        FailingBoots(String words) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                String script;
                try (InputStream data = new GZIPInputStream(exchange.getRequestBody())) {
                    script = new String(data.readAllBytes(), StandardCharsets.UTF_8);
                }
                Matcher run = Pattern.compile("^RUN_ID='([^']+)'$", Pattern.MULTILINE).matcher(script);
                assertThat(run.find()).isTrue();
                byte[] console = """
                        ec2-docker: started (run %1$s)
                        ec2-docker: nginx| %2$s
                        ec2-docker: failed: %2$s (run %1$s)
                        """.formatted(run.group(1), words).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, console.length);
                exchange.getResponseBody().write(console);
                exchange.close();
            });
            server.start();
        }

        URI address() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private void assertNothingLeaks(Job<?, ?> job) throws Exception {
        Path home = jenkins.jenkins.getRootDir().toPath();
        try (SmtpSink sink = new SmtpSink(SmtpSink.Manner.TAKES)) {
            Mailer.descriptor().setSmtpHost("127.0.0.1");
            Mailer.descriptor().setSmtpPort(sink.port());
            JenkinsLocationConfiguration.get().setAdminAddress("admin@example.com");
            Ec2DockerConfiguration.get().setMailRecipients(List.of("ops@example.com"));

            Run<?, ?> build =
                    (Run<?, ?>) jenkins.jenkins.getQueue().schedule2((hudson.model.Queue.Task) job, 0).getItem().getFuture().waitForStart();
            jenkins.waitForMessage("aws_iam_instance_profile.this: created", build);
            addSessionKeys();
            assertThat(secrets.inArguments()).isEmpty();
            // Terraform's directory on the agent has what the instance is to be given, for as long as Terraform works.
            assertThat(secrets.under(home)).as("while it runs")
                    .allSatisfy((file, found) -> assertThat(file).startsWith(workspace("shop@tmp")));
            assertThat(secrets.under(workspace("shop@tmp"))).isNotEmpty();
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));

            assertThat(secrets.in(sink.next(30).everything())).as("mail").isEmpty();
        }
        addUserData();
        assertThat(secrets.under(home)).as("after it").isEmpty();
        for (Map.Entry<String, String> page : PAGES.entrySet()) {
            String shown = fetch(page.getKey());
            assertThat(shown).as(page.getKey()).contains(page.getValue());
            assertThat(secrets.in(shown)).as(page.getKey()).isEmpty();
        }
    }

    /** The harness has the agent's directories within the home. */
    private Path workspace(String name) {
        return Path.of(agent.getRemoteFS(), "workspace", name);
    }

    /** What AWS gave for the role. */
    private void addSessionKeys() throws IOException {
        for (String variable : List.of("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")) {
            Set<String> values = Sentinels.givenToProviders(aws, variable);
            assertThat(values).as(variable).hasSize(1);
            values.forEach(secrets::add);
        }
    }

    /** What the instance boots with, which holds users and variables, packed: a piece from its midst. */
    private void addUserData() {
        try (Ec2Client ec2 = aws.ec2()) {
            String id = ec2.describeInstances().reservations().get(0).instances().get(0).instanceId();
            String data =
                    ec2.describeInstanceAttribute(r -> r.instanceId(id).attribute(InstanceAttributeName.USER_DATA)).userData().value();
            assertThat(Base64.getDecoder().decode(data)).hasSizeGreaterThan(500);
            secrets.add(data.substring(400, 460));
        }
    }

    private String fetch(String path) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            return client.getPage(new WebRequest(new URL(jenkins.getURL(), path))).getWebResponse().getContentAsString();
        }
    }
}
