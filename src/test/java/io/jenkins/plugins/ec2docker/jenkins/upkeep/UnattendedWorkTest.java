package io.jenkins.plugins.ec2docker.jenkins.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.Cause;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Queue;
import hudson.model.TaskListener;
import hudson.security.FullControlOnceLoggedInAuthorizationStrategy;
import io.jenkins.plugins.ec2docker.jenkins.OneJenkins;
import io.jenkins.plugins.ec2docker.jenkins.SharedJenkins;
import io.jenkins.plugins.ec2docker.jenkins.agent.AgentDirectory;
import io.jenkins.plugins.ec2docker.jenkins.agent.WorkspaceCleanup;
import io.jenkins.plugins.ec2docker.jenkins.config.UpkeepConfiguration;
import io.jenkins.plugins.ec2docker.jenkins.controller.PluginDirectory;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.jenkins.controller.UnattendedWork;
import io.jenkins.plugins.ec2docker.jenkins.pages.UnattendedWorkMonitor;
import io.jenkins.plugins.ec2docker.jenkins.runs.Console;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunHandle;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunOrder;
import io.jenkins.plugins.ec2docker.jenkins.runs.Runs;
import io.jenkins.plugins.ec2docker.jenkins.runs.StoredDeployment;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.RecordedCalls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import jenkins.model.JenkinsLocationConfiguration;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;

/** What nobody is waiting for begins only on the controller whose the store is, and while nobody has paused it. */
@OneJenkins
class UnattendedWorkTest {

    private static final String HOURS = ", \"schedule\": {\"start\": \"0 8 * * *\", \"stop\": \"0 18 * * *\", \"zone\": \"UTC\"}";
    private static final Instant MADE = Instant.parse("2026-01-20T12:00:00Z");
    private static final Instant EXPIRED = MADE.plusSeconds(3600);

    private static final RecordedCalls AWS = new RecordedCalls(Moto.shared());
    private static JenkinsRule jenkins;

    private FreeStyleProject job;
    private Path leftover;

    @TestExtension
    public static final class OnMoto implements SystemSettings {
        @Override
        public Map<String, String> environment() {
            return Map.of("AWS_ENDPOINT_URL", AWS.endpoint().toString());
        }
    }

    @BeforeAll
    static void one_jenkins_for_all(JenkinsRule rule) {
        jenkins = rule;
    }

    @AfterAll
    static void close() {
        AWS.close();
    }

    @BeforeEach
    void what_is_due() throws Exception {
        Runs.addCredentials();
        jenkins.jenkins.setNumExecutors(0);
        job = jenkins.createFreeStyleProject("shop");
        UpkeepConfiguration.get().setDriftSchedule("* * * * *");
        UnattendedWork.get().confirm();
    }

    private void deployments() throws Exception {
        StoredDeployment.save("shop", "old", Deployment.Status.LIVE, "", MADE, EXPIRED);
        StoredDeployment.save("shop", "hours", Deployment.Status.LIVE, HOURS, MADE, null);
        StoredDeployment.save("shop", "gone", Deployment.Status.EMPTY, "", Instant.EPOCH, null);
        leftover = Files.createDirectories(jenkins.jenkins.getRootDir().toPath().resolve("workspace").resolve("shop@tmp").resolve("run-1"));
        WorkspaceCleanup.here().add(new AgentDirectory("", leftover.toString()));
    }

    @AfterEach
    void empty_for_the_next() throws Exception {
        jenkins.jenkins.doCancelQuietDown();
        Queue.getInstance().clear();
        UpkeepConfiguration.get().setPauseUnattendedWork(false);
        UpkeepConfiguration.get().setDriftSchedule(null);
        UnattendedWork.get().confirm();
        SharedJenkins.empty();
    }

    @Test
    void on_a_store_of_another_controller_nothing_is_asked_of_aws_until_an_administrator_says_so() throws Exception {
        deployments();
        isOfAnother();

        int before = AWS.calls().size();
        assertNothingBegins();
        assertThat(AWS.calls()).hasSize(before);
        JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false);
        assertThat(browser.goTo("job/shop/ec2-docker/deployment/old/").asNormalizedText())
                .contains("It is not destroyed then. This Jenkins may be a copy or a restored backup.");
        HtmlPage manage = browser.goTo("manage/");
        assertThat(manage.asNormalizedText()).contains("this Jenkins may be a copy of another one", "The stored deployments were replaced",
                "Deployment old of shop expired", "known to be at work last");

        manage = press(manage, "pause");
        assertThat(UpkeepConfiguration.get().isPauseUnattendedWork()).isTrue();
        assertNothingBegins();
        manage = press(manage, "confirm");

        assertThat(manage.asNormalizedText()).doesNotContain("may be a copy");
        assertThat(monitor().isActivated()).isFalse();
        assertEverythingBegins();
        assertThat(AWS.calls()).hasSizeGreaterThan(before);
        UnattendedWork.get().keep();
        assertThat(monitor().isActivated()).as("the next look").isFalse();
    }

    @Test
    void what_administrators_have_paused_waits_and_is_not_lost() throws Exception {
        deployments();
        UpkeepConfiguration.get().setPauseUnattendedWork(true);

        assertNothingBegins();
        JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false);
        HtmlPage manage = browser.goTo("manage/");
        assertThat(manage.asNormalizedText()).contains("unattended work is paused", "Deployment old of shop expired")
                .doesNotContain("may be a copy", "Stay paused");
        assertThat(browser.goTo("job/shop/ec2-docker/deployment/old/").asNormalizedText())
                .contains("Administrators have paused unattended work.");

        press(manage, "confirm");
        assertThat(UpkeepConfiguration.get().isPauseUnattendedWork()).isFalse();
        assertEverythingBegins();
    }

    @Test
    void while_jenkins_prepares_to_shut_down_nothing_begins() throws Exception {
        deployments();
        jenkins.jenkins.doQuietDown();

        assertNothingBegins();
        assertThat(monitor().isActivated()).isFalse();

        jenkins.jenkins.doCancelQuietDown();
        assertEverythingBegins();
    }

    @Test
    void a_run_of_a_build_that_no_person_has_started_waits_for_the_administrator_and_one_of_a_person_does_not() throws Exception {
        jenkins.jenkins.setNumExecutors(1);
        FreeStyleBuild timed = jenkins.buildAndAssertSuccess(job);
        assertThat(UnattendedWork.get().holds(timed)).as("on the controller whose the store is").isFalse();
        isOfAnother();
        FreeStyleBuild asked = jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0, new Cause.UserIdCause()));
        assertThat(UnattendedWork.get().holds(asked)).isFalse();
        Console console = new Console();
        int before = AWS.calls().size();

        RunHandle run = Runs.start(RunOrder.plan(Runs.request("web"), null, null, Runs.CREDENTIALS), timed, console);

        assertThat(console.text()).contains("The run waits. This Jenkins may be a copy");
        assertThat(monitor().getWaiting()).singleElement().asString().contains("plan web of shop");
        assertThat(run.view().stages()).isEmpty();
        run.interrupt("Aborted by alice.");
        assertThat(Runs.end(run).result().status()).isEqualTo(RunResult.Status.INTERRUPTED);
        assertThat(monitor().getWaiting()).isEmpty();
        assertThat(AWS.calls()).hasSize(before);
    }

    @Test
    void a_new_url_of_this_jenkins_is_its_own() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new FullControlOnceLoggedInAuthorizationStrategy());
        Path file = PluginDirectory.path().resolve("controller.json");
        String url = jenkins.getURL().toString();
        JenkinsLocationConfiguration location = JenkinsLocationConfiguration.get();

        location.setUrl("https://ci.example.com/");
        assertThat(file).content().contains("https://ci.example.com/");

        location.setUrl(url);
        assertThat(file).content().contains(url);
        assertThat(monitor().isActivated()).isFalse();
    }

    private void assertNothingBegins() throws Exception {
        new HistoryWork().execute(TaskListener.NULL);
        assertThat(JobDeployments.of("shop").find("gone")).isPresent();
        comeOnline();
        assertThat(leftover).exists();
        assertThat(new ExpiryWork().destroyWhatIsOver(Instant.now())).isEmpty();
        new WorkingHoursWork().obey(Instant.now());
        DriftCheckWork drift = new DriftCheckWork();
        drift.execute(TaskListener.NULL);
        assertThat(drift.asked("shop", "old")).isEmpty();
        assertThat(Queue.getInstance().getItems()).extracting(item -> item.task).noneMatch(QueuedRun.class::isInstance);
    }

    private void assertEverythingBegins() throws Exception {
        new HistoryWork().execute(TaskListener.NULL);
        assertThat(JobDeployments.of("shop").find("gone")).isEmpty();
        comeOnline();
        assertThat(leftover).doesNotExist();
        assertThat(new ExpiryWork().destroyWhatIsOver(Instant.now())).hasSize(1);
        int before = AWS.calls().size();
        new WorkingHoursWork().obey(Instant.now());
        assertThat(AWS.calls()).hasSizeGreaterThan(before);
        DriftCheckWork drift = new DriftCheckWork();
        drift.execute(TaskListener.NULL);
        assertThat(drift.asked("shop", "old")).isPresent();
    }

    private static void comeOnline() throws Exception {
        new WorkspaceCleanup.OnOnline().onOnline(jenkins.jenkins.toComputer(), TaskListener.NULL);
    }

    /** As after a backup that was brought back under a Jenkins at work. */
    private static void isOfAnother() throws Exception {
        Path file = PluginDirectory.path().resolve("controller.json");
        Files.writeString(file, Files.readString(file).replaceFirst("\"process\"\\s*:\\s*\"[^\"]*\"", "\"process\":\"another\""));
        UnattendedWork.get().keep();
        assertThat(monitor().isActivated()).isTrue();
    }

    private static UnattendedWorkMonitor monitor() {
        return ExtensionList.lookupSingleton(UnattendedWorkMonitor.class);
    }

    /** Without a script of the page, which would add the crumb. */
    private static HtmlPage press(HtmlPage manage, String button) throws Exception {
        String action = manage.getFormByName("ec2-docker-" + button).getActionAttribute();
        JenkinsRule.WebClient browser = (JenkinsRule.WebClient) manage.getWebClient();
        return browser.getPage(browser.addCrumb(new WebRequest(manage.getFullyQualifiedUrl(action), HttpMethod.POST)));
    }
}
