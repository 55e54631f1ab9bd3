package io.jenkins.plugins.ec2docker.jenkins.runs;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.ec2docker.jenkins.controller.PluginDirectory;
import io.jenkins.plugins.ec2docker.jenkins.store.BuildRunFiles;
import io.jenkins.plugins.ec2docker.jenkins.store.EncryptedOrder;
import io.jenkins.plugins.ec2docker.platform.AtomicFile;
import io.jenkins.plugins.ec2docker.request.parse.StoredRequest;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A run under way whose request the next controller's rules reject, as after an update of the plugin. */
class StoredRequestAfterRestartTest {

    private final Moto aws = Moto.shared();

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension()
            .extraEnv("AWS_ENDPOINT_URL", Moto.shared().endpoint().toString())
            .javaOptions("-Dhudson.model.UpdateCenter.never=true");

    @Test
    void it_is_resumed_and_its_log_names_the_rules() throws Throwable {
        aws.reset();
        controller.startJenkins();
        String runId = controller.runRemotely(StoredRequestAfterRestartTest::startAndStoreWhatIsRejected);
        controller.stopJenkinsForcibly();

        controller.startJenkins();
        controller.runRemotely(jenkins -> {
            end(jenkins, runId);
        });

        assertThat(Runs.instances(aws)).hasSize(1);
        assertThat(Runs.launches(aws)).isEqualTo(1);
    }

    private static String startAndStoreWhatIsRejected(JenkinsRule jenkins) throws Exception {
        Runs.addCredentials();
        FreeStyleProject project = jenkins.createFreeStyleProject("shop");
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(project);
        Console console = new Console();
        RunHandle run = Runs.start(Runs.provision(Runs.request("web")), build, console);
        console.await("aws_instance.this: creating");
        Path file = PluginDirectory.path().resolve("live").resolve(run.id() + ".order");
        EncryptedOrder order = EncryptedOrder.open(Files.readAllBytes(file), "web", "instance", Moto.REGION.id());
        Map<String, Object> document = new LinkedHashMap<>(order.stored().document());
        document.remove("region");
        document.put("requester", List.of("nobody"));
        document.put("expiresAfter", "9m");
        document.put("warpFactor", 9);
        AtomicFile.write(file,
                new EncryptedOrder(new StoredRequest(order.request(), List.of(), document), order.usersCsv(), null, null).seal());
        return run.id();
    }

    private static void end(JenkinsRule jenkins, String runId) throws Exception {
        FreeStyleBuild build = jenkins.jenkins.getItemByFullName("shop", FreeStyleProject.class).getBuildByNumber(1);
        RunReport report = Runs.end(ActiveRuns.get().find(build, runId).orElseThrow());
        String log = Console.plain(Files.readString(BuildRunFiles.of(build, runId).log()));
        assertThat(report.result().succeeded()).as(log).isTrue();
        assertThat(log).contains(
                "Today's rules reject the request of this run, which continues with it: region: is missing or cannot be read",
                "Today's rules reject the request of this run, which continues with it: warpFactor: is not a known field",
                "Today's rules reject the request of this run, which continues with it: requester[0] \"nobody\": is not a mail address that can be used",
                "Today's rules reject the request of this run, which continues with it: expiresAfter \"9m\": must be from 10m to 365d.");
    }
}
