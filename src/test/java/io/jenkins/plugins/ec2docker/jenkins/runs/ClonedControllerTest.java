package io.jenkins.plugins.ec2docker.jenkins.runs;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Queue;
import io.jenkins.plugins.ec2docker.jenkins.controller.UnattendedWork;
import io.jenkins.plugins.ec2docker.jenkins.pages.UnattendedWorkMonitor;
import io.jenkins.plugins.ec2docker.jenkins.store.BuildRunFiles;
import io.jenkins.plugins.ec2docker.jenkins.upkeep.ExpiryWork;
import io.jenkins.plugins.ec2docker.jenkins.upkeep.QueuedRun;
import io.jenkins.plugins.ec2docker.jenkins.upkeep.WorkingHoursWork;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.RecordedCalls;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.commons.io.FileUtils;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A copy of a Jenkins home, with a run under way and an expired deployment in it, is started in another directory. */
@Tag("long")
class ClonedControllerTest {

    private final Moto aws = Moto.shared();
    private final RecordedCalls callsOfClone = new RecordedCalls(aws);

    @RegisterExtension
    private final RealJenkinsExtension original = new RealJenkinsExtension()
            .withName("original")
            .extraEnv("AWS_ENDPOINT_URL", Moto.shared().endpoint().toString())
            .javaOptions("-Dhudson.model.UpdateCenter.never=true");

    @RegisterExtension
    private final RealJenkinsExtension clone = new RealJenkinsExtension()
            .withName("clone")
            .extraEnv("AWS_ENDPOINT_URL", callsOfClone.endpoint().toString())
            .javaOptions("-Dhudson.model.UpdateCenter.never=true");

    @AfterEach
    void close() {
        callsOfClone.close();
    }

    @Test
    void a_clone_beside_its_original_leaves_aws_to_it(@TempDir File directory) throws Throwable {
        aws.reset();
        original.startJenkins();
        String runId = original.runRemotely(ClonedControllerTest::startAndLetSomethingExpire);

        startClone(directory);
        clone.runRemotely(jenkins -> {
            waits(jenkins, runId);
        });

        original.runRemotely(jenkins -> {
            endsWell(jenkins, runId);
        });
        assertThat(callsOfClone.calls()).isEmpty();
        assertThat(Runs.launches(aws)).isEqualTo(1);
    }

    @Test
    void a_clone_touches_nothing_in_aws_until_an_administrator_says_so(@TempDir File directory) throws Throwable {
        aws.reset();
        original.startJenkins();
        String runId = original.runRemotely(ClonedControllerTest::startAndLetSomethingExpire);
        original.stopJenkinsForcibly();

        startClone(directory);
        clone.runRemotely(jenkins -> {
            waits(jenkins, runId);
        });
        assertThat(callsOfClone.calls()).isEmpty();

        clone.runRemotely(jenkins -> {
            confirm(jenkins, runId);
        });
        assertThat(callsOfClone.calls()).isNotEmpty();
        assertThat(Runs.launches(aws)).isEqualTo(1);
        clone.stopJenkins();

        clone.startJenkins();
        clone.runRemotely(jenkins -> {
            assertThat(monitor().isActivated()).as("the copy's own restart").isFalse();
        });
    }

    private void startClone(File directory) throws Throwable {
        File home = new File(directory, "copy");
        FileUtils.copyDirectory(original.getHome(), home);
        clone.setHome(home);
        clone.startJenkins();
    }

    private static String startAndLetSomethingExpire(JenkinsRule jenkins) throws Exception {
        Runs.addCredentials();
        FreeStyleProject project = jenkins.createFreeStyleProject("shop");
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(project);
        Console console = new Console();
        RunHandle run = Runs.start(Runs.provision(Runs.request("web")), build, console);
        console.await("aws_instance.this: creating");
        StoredDeployment.save("shop", "old", Deployment.Status.LIVE, "", Instant.EPOCH, Instant.EPOCH.plusSeconds(600));
        return run.id();
    }

    private static void waits(JenkinsRule jenkins, String runId) throws Exception {
        FreeStyleBuild build = jenkins.jenkins.getItemByFullName("shop", FreeStyleProject.class).getBuildByNumber(1);
        UnattendedWork.get().keep();
        ActiveRuns.get().beginWhatMay();
        assertThat(new ExpiryWork().destroyWhatIsOver(Instant.now())).isEmpty();
        new WorkingHoursWork().obey(Instant.now());
        assertThat(Queue.getInstance().getItems()).extracting(item -> item.task).noneMatch(QueuedRun.class::isInstance);
        assertThat(ActiveRuns.get().held()).extracting(RunHandle::id).containsExactly(runId);
        Path log = BuildRunFiles.of(build, runId).log();
        assertThat(Console.plain(Files.readString(log))).contains("Jenkins was restarted. The run waits. This Jenkins may be a copy")
                .doesNotContain("the run goes on");
        assertThat(monitor().isActivated()).isTrue();
        assertThat(monitor().getDifferences()).anyMatch(line -> line.startsWith("The Jenkins home was "));
    }

    private static void confirm(JenkinsRule jenkins, String runId) throws Exception {
        // What expired waits in the queue, whoever looked first.
        jenkins.jenkins.setNumExecutors(0);
        // A script of the page would add the crumb.
        jenkins.jenkins.setCrumbIssuer(null);
        HtmlPage manage = jenkins.createWebClient().withJavaScriptEnabled(false).goTo("manage/");
        assertThat(manage.asNormalizedText()).contains("Deployment old of shop expired", "provision web of shop");

        press(manage, "confirm");

        assertThat(monitor().isActivated()).isFalse();
        endsWell(jenkins, runId);
        new ExpiryWork().destroyWhatIsOver(Instant.now());
        assertThat(Queue.getInstance().getItems()).extracting(item -> item.task).filteredOn(QueuedRun.class::isInstance).hasSize(1);
    }

    private static void endsWell(JenkinsRule jenkins, String runId) throws Exception {
        FreeStyleBuild build = jenkins.jenkins.getItemByFullName("shop", FreeStyleProject.class).getBuildByNumber(1);
        RunReport report = Runs.end(ActiveRuns.get().find(build, runId).orElseThrow());
        assertThat(report.result().succeeded()).as(report.result().message()).isTrue();
    }

    private static UnattendedWorkMonitor monitor() {
        return ExtensionList.lookupSingleton(UnattendedWorkMonitor.class);
    }

    private static HtmlPage press(HtmlPage manage, String button) throws Exception {
        String action = manage.getFormByName("ec2-docker-" + button).getActionAttribute();
        return manage.getWebClient().getPage(new WebRequest(manage.getFullyQualifiedUrl(action), HttpMethod.POST));
    }
}
