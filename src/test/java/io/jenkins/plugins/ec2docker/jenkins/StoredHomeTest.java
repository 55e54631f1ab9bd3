package io.jenkins.plugins.ec2docker.jenkins;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.thoughtworks.xstream.mapper.CannotResolveClassException;
import hudson.ExtensionList;
import hudson.diagnosis.OldDataMonitor;
import hudson.model.Item;
import hudson.model.Items;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.ec2docker.jenkins.builder.ProvisionBuilder;
import io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerConfiguration;
import io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerPermissions;
import io.jenkins.plugins.ec2docker.jenkins.config.UpkeepConfiguration;
import io.jenkins.plugins.ec2docker.jenkins.store.AllDeployments;
import io.jenkins.plugins.ec2docker.jenkins.store.DriftRecord;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.jenkins.store.LastExecuted;
import io.jenkins.plugins.ec2docker.jenkins.upkeep.ExpiryWork;
import io.jenkins.plugins.ec2docker.jenkins.upkeep.QueuedRun;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.run.store.StateVersions;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import jenkins.model.CauseOfInterruption;
import jenkins.model.GlobalConfiguration;
import jenkins.model.InterruptedBuildAction;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.runner.Description;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * A Jenkins of today on the home of one whose plugin had other classes: {@code src/test/resources/stored-jenkins-home}, whose README says how it
 * was recorded. In moto there is what two of its runs had made in AWS.
 */
class StoredHomeTest {
    private static final Path FIXTURE = Path.of("src/test/resources/stored-jenkins-home");
    private static final String RECORDED_HOME = "/var/lib/jenkins";
    private static final String RECORDED_ENDPOINT = "http://127.0.0.1:4566";

    private static final Moto AWS = Moto.start(Map.of());
    private static final LogRecorder LOG = new LogRecorder();
    private static RuleOnHome jenkins;
    /** As Jenkins has found them, before a test has changed any. */
    private static List<String> deployments;

    private ACLContext system;

    /** The harness's own annotations know no home in which a test has something to fill in. */
    private static final class RuleOnHome extends JenkinsRule {
        RuleOnHome(Path home) {
            testDescription = Description.createTestDescription(StoredHomeTest.class, "home");
            with(home::toFile);
        }
    }

    @BeforeAll
    static void start(@TempDir Path home) throws Throwable {
        for (String line : Files.readAllLines(FIXTURE.resolve("aws.jsonl"))) {
            JsonNode call = new ObjectMapper().readTree(line);
            AWS.call(call.get("seed").asInt(), call.get("service").asText(), call.get("body").asText());
        }
        copy(FIXTURE.resolve("home"), home);
        LOG.record("hudson", Level.WARNING).record("io.jenkins.plugins.ec2docker", Level.WARNING).capture(1000);
        jenkins = new RuleOnHome(home);
        jenkins.before();
        deployments = AllDeployments.entries().stream()
                .map(each -> each.job() + " " + each.deployment().name() + " " + each.deployment().status().text()).sorted().toList();
    }

    /** What the README says is left to fill in. */
    private static String filled(String text, Path home) {
        return text.replace(RECORDED_HOME, home.toString()).replace(RECORDED_ENDPOINT, AWS.endpoint().toString());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                if (file.toString().matches(".*\\.(xml|json)")) {
                    // Some are encrypted: every byte is to stay.
                    Files.writeString(target, filled(Files.readString(file, ISO_8859_1), to), ISO_8859_1);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    @AfterAll
    static void stop() throws Exception {
        jenkins.after();
        LOG.close();
        AWS.close();
    }

    @BeforeEach
    void as_system() {
        system = ACL.as2(ACL.SYSTEM2);
    }

    @AfterEach
    void as_before() {
        system.close();
    }

    @Test
    void every_job_build_and_step_is_read_whole() {
        for (Job<?, ?> job : Jenkins.get().allItems(Job.class)) {
            for (Run<?, ?> build : job.getBuilds()) {
                build.getAllActions();
                if (build instanceof WorkflowRun pipeline && pipeline.getExecution() != null) {
                    new DepthFirstScanner().allNodes(pipeline.getExecution()).forEach(FlowNode::getAllActions);
                }
            }
        }

        assertThat(ExtensionList.lookupSingleton(OldDataMonitor.class).getData()).isEmpty();
        assertThat(LOG.getMessages()).noneMatch(message -> message.contains("cannot be read") || message.contains("could not be read"));
        assertThat(LOG.getRecords()).extracting(LogRecord::getThrown).noneMatch(thrown -> thrown instanceof CannotResolveClassException);
    }

    @Test
    void settings_are_as_they_were() throws Exception {
        for (GlobalConfiguration settings : List.of(Ec2DockerConfiguration.get(), UpkeepConfiguration.get())) {
            Path stored = FIXTURE.resolve("home").resolve(settings.getClass().getName() + ".xml");
            String before = Files.readString(stored).replaceFirst("<[?].*[?]>\\s*", "").replaceAll(" plugin=\"[^\"]*\"", "")
                    .replace(RECORDED_ENDPOINT, AWS.endpoint().toString());
            assertThat(Jenkins.XSTREAM2.toXML(settings).lines()).as("but for settings that there were not").containsSubsequence(
                    before.lines().toList());
        }
        assertThat(Ec2DockerConfiguration.get().problems()).isEmpty();
    }

    @Test
    void granted_permissions_still_count() {
        Item web = Jenkins.get().getItemByFullName("web");
        assertThat(may("provisioner", web)).containsExactly(true, false, false);
        assertThat(may("destroyer", web)).containsExactly(false, true, false);
        assertThat(may("keeper", web)).containsExactly(false, false, true);
    }

    private static List<Boolean> may(String user, Item item) {
        try (ACLContext as = ACL.as2(User.getById(user, true).impersonate2())) {
            return Stream.of(Ec2DockerPermissions.PROVISION, Ec2DockerPermissions.DESTROY, Ec2DockerPermissions.STATE)
                    .map(item::hasPermission).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"every-field", "fleet", "team/shop"})
    void a_jobs_request_is_whole_and_stored_under_the_names_of_today(String name) throws Exception {
        String stored = Files.readString(FIXTURE.resolve("home/jobs").resolve(name.replace("/", "/jobs/")).resolve("config.xml"));

        String here = Items.XSTREAM2.toXML(Jenkins.get().getItemByFullName(name));

        assertThat(builder(here)).isEqualTo(builder(stored).replace("jenkins.step.App", "jenkins.form.App"));
    }

    /** That the form gives back what it shows is known from {@code FormTest}. */
    @Test
    void a_jobs_form_shows_its_request() throws Exception {
        String form = admin().goTo("job/every-field/configure").asXml();

        assertThat(form).contains("${INSTANCE_TYPE}", "${IMAGE}", "A=${SECRET}", "curl ${NAME}", "arn:aws:iam::${ACCOUNT}:role/deployer",
                "${SUBNET}", "alias/${NAME}", "0 18 * * mon-fri", "${PLAN_ONLY}");
    }

    private static String builder(String xml) {
        String name = ProvisionBuilder.class.getName();
        return xml.replaceAll(" plugin=\"[^\"]*\"", "").replaceFirst("(?s).*<(" + name + ">.*)</" + name + ">.*", "$1");
    }

    @Test
    void every_run_has_its_page() throws Exception {
        JenkinsRule.WebClient admin = admin();
        HtmlPage shop = admin.getPage(build("team/shop", 1), "ec2-docker");
        assertThat(shop.asNormalizedText()).contains("Succeeded", "t3.small", "nginx:1.27", "environment:", "****")
                .doesNotContain("opensesame");
        assertThat(shop.querySelectorAll(".ec2-docker-stage--done")).hasSize(7);
        assertThat(admin.getPage(build("team/shop", 1)).asNormalizedText()).contains("shop");
        assertThat(admin.getPage(build("web", 1), "ec2-docker").asNormalizedText()).contains("Succeeded", "i-");
        assertThat(admin.getPage(build("web", 2), "ec2-docker").asNormalizedText()).contains("t3.medium", "nginx:1.28");
        assertThat(admin.getPage(build("web", 3), "ec2-docker").asNormalizedText()).contains("Interrupted");
        assertThat(admin.getPage(build("gone", 1), "ec2-docker-2").asNormalizedText()).contains("nothing is left in AWS");
        for (String view : List.of("live", "lines", "log.txt", "api/json")) {
            assertThat(admin.goTo(build("web", 1).getUrl() + "ec2-docker/" + view, null).getWebResponse().getStatusCode()).isEqualTo(200);
        }
        assertThat(build("team/shop", 1).getEnvironment(TaskListener.NULL)).containsEntry("EC2_DOCKER_DEPLOYMENT", "shop")
                .containsKey("EC2_DOCKER_SHOP_INSTANCE_ID");
    }

    @Test
    void a_build_that_was_aborted_from_a_page_says_why() throws Exception {
        Run<?, ?> aborted = build("web", 3);

        assertThat(aborted.getResult()).isEqualTo(Result.ABORTED);
        assertThat(aborted.getAction(InterruptedBuildAction.class).getCauses()).extracting(CauseOfInterruption::getShortDescription)
                .singleElement().asString().contains("interrupted");
    }

    @Test
    void deployments_are_listed_as_they_stood() throws Exception {
        assertThat(deployments).contains("gone gone empty", "team/shop shop live", "waiting waiting live", "web web live").hasSize(5);
        JenkinsRule.WebClient admin = admin();
        assertThat(admin.goTo("ec2-docker/").asNormalizedText()).contains("team/shop", "http://127.121.66.189:8080/", "gone");
        HtmlPage web = admin.goTo("job/web/ec2-docker/deployment/web/");
        assertThat(web.asNormalizedText()).contains("eu-central-1", "Download");
        assertThat(web.querySelectorAll(".ec2-docker-states tbody tr")).isNotEmpty();
    }

    @Test
    void what_was_encrypted_is_decrypted() throws Exception {
        for (AllDeployments.Entry entry : AllDeployments.entries()) {
            Deployment deployment = entry.deployment();
            DeploymentStore store = JobDeployments.of(entry.job());
            assertThat(store.request(deployment.name(), deployment.runs().get(0).id()).region()).isEqualTo("eu-central-1");
            for (StateVersions.Version version : store.states(deployment.name()).list()) {
                assertThat(new String(store.states(deployment.name()).read(version), UTF_8)).contains("\"terraform_version\"");
            }
        }
        assertThat(DriftRecord.find("web", "web").orElseThrow().by()).isEqualTo("alice");
        assertThat(CredentialsProvider.lookupCredentialsInItemGroup(AmazonWebServicesCredentials.class, Jenkins.get(), ACL.SYSTEM2))
                .singleElement().extracting(each -> each.resolveCredentials().secretAccessKey()).isEqualTo("secret-of-the-store");
    }

    @Test
    void what_was_done_last_is_known() throws Exception {
        assertThat(LastExecuted.HOURS.find("web", "web")).isEqualTo(Instant.parse("2024-02-29T00:30:00Z"));
        assertThat(LastExecuted.REMINDED.find("team/shop", "shop")).isEqualTo(Instant.parse("2026-11-30T12:00:00Z"));
    }

    @Test
    void what_has_expired_is_to_be_destroyed_and_nothing_else() {
        ExtensionList.lookupSingleton(ExpiryWork.class).destroyWhatIsOver(Instant.now());

        assertThat(Queue.getInstance().getItems()).extracting(item -> item.task).filteredOn(QueuedRun.class::isInstance)
                .singleElement().extracting(Queue.Task::getDisplayName).asString().contains("shop of team/shop");
    }

    @Test
    void a_pipeline_that_waited_for_an_answer_goes_on_and_destroys_what_it_had_made() throws Exception {
        String instance = instance("waiting");
        assertThat(state(instance)).isEqualTo("running");
        WorkflowRun build = (WorkflowRun) build("waiting", 1);

        build.getAction(InputAction.class).getExecutions().get(0).proceed(Map.of());

        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
        assertThat(JenkinsRule.getLog(build)).contains("1 container on " + instance, "Destroyed; nothing is left in AWS.");
        assertThat(state(instance)).isEqualTo("terminated");
        assertThat(JobDeployments.of("waiting").find("waiting").orElseThrow().isGone()).isTrue();
    }

    @Test
    void a_pipeline_in_the_middle_of_a_run_goes_on_with_it() throws Exception {
        WorkflowRun build = (WorkflowRun) build("working", 1);

        jenkins.waitForCompletion(build);

        jenkins.assertBuildStatus(Result.SUCCESS, build);
        Deployment working = JobDeployments.of("working").find("working").orElseThrow();
        assertThat(working.status()).isEqualTo(Deployment.Status.LIVE);
        assertThat(state(instance("working"))).isEqualTo("running");
        assertThat(JenkinsRule.getLog(build)).contains("Jenkins was restarted; the run goes on.", "at null").doesNotContain("\tat ");
    }

    /** Without scripts pages are there much sooner. */
    private static JenkinsRule.WebClient admin() throws Exception {
        JenkinsRule.WebClient admin = jenkins.createWebClient();
        admin.getOptions().setJavaScriptEnabled(false);
        return admin.login("admin");
    }

    private static Run<?, ?> build(String job, int number) {
        return Jenkins.get().getItemByFullName(job, Job.class).getBuildByNumber(number);
    }

    /** Of the job's one deployment. */
    private static String instance(String job) throws Exception {
        return JobDeployments.of(job).list().get(0).instanceId().orElseThrow();
    }

    private static String state(String instance) {
        try (Ec2Client ec2 = AWS.ec2()) {
            return ec2.describeInstances(r -> r.instanceIds(instance)).reservations().get(0).instances().get(0).state().nameAsString();
        }
    }
}
