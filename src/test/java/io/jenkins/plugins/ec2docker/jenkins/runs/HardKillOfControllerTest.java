package io.jenkins.plugins.ec2docker.jenkins.runs;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.ec2docker.jenkins.store.BuildRunFiles;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller of its own process that is killed while Terraform creates an instance. */
class HardKillOfControllerTest {

    private final Moto aws = Moto.shared();

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension()
            .extraEnv("AWS_ENDPOINT_URL", Moto.shared().endpoint().toString())
            .javaOptions("-Dhudson.model.UpdateCenter.never=true");

    @Test
    void the_next_controller_brings_the_run_to_its_end_and_launches_nothing_twice() throws Throwable {
        aws.reset();
        controller.startJenkins();
        String runId = controller.runRemotely(HardKillOfControllerTest::startAndWaitForTheInstance);
        controller.stopJenkinsForcibly();

        controller.startJenkins();
        String instance = controller.runRemotely(jenkins -> end(jenkins, runId));

        assertThat(Runs.instances(aws)).extracting(each -> each.instanceId()).containsExactly(instance);
        assertThat(Runs.launches(aws)).isEqualTo(1);
    }

    private static String startAndWaitForTheInstance(JenkinsRule jenkins) throws Exception {
        Runs.addCredentials();
        FreeStyleProject project = jenkins.createFreeStyleProject("shop");
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(project);
        Console console = new Console();
        RunHandle run = Runs.start(Runs.provision(Runs.request("web")), build, console);
        console.await("aws_instance.this: creating");
        return run.id();
    }

    private static String end(JenkinsRule jenkins, String runId) throws Exception {
        FreeStyleBuild build = jenkins.jenkins.getItemByFullName("shop", FreeStyleProject.class).getBuildByNumber(1);
        RunHandle run = ActiveRuns.get().find(build, runId).orElseThrow();
        Console console = new Console();
        run.attach(console);
        RunReport report = Runs.end(run);
        String log = Console.plain(Files.readString(BuildRunFiles.of(build, runId).log()));
        assertThat(report.result().succeeded()).as(log).isTrue();
        assertThat(log).contains("Jenkins was restarted; the run goes on.")
                .containsOnlyOnce("+ aws_instance.this: creating")
                .containsOnlyOnce("  aws_instance.this: created in ");
        assertThat(ActiveRuns.get().all()).isEmpty();
        return report.deployment().outputs().get("instance_id").asText();
    }
}
