package io.jenkins.plugins.ec2docker.jenkins.runs;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a run costs while it waits: no thread. */
@WithJenkins
class HundredRunsTest {

    private static final int MANY = 100;

    @TempDir
    static Path directory;

    private static Path terraform;

    @TestExtension
    public static final class Endless implements SystemSettings {
        @Override
        public String terraform() {
            return terraform.toString();
        }

        @Override
        public boolean controllerCredentialsAllowed() {
            return true;
        }

        @Override
        public Map<String, String> environment() {
            return Moto.shared().environment();
        }
    }

    @BeforeAll
    static void terraform() throws IOException {
        terraform = directory.resolve("terraform");
        try (InputStream script = HundredRunsTest.class.getResourceAsStream("endless-terraform.sh")) {
            Files.copy(script, terraform);
        }
        Files.setPosixFilePermissions(terraform, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void a_hundred_waiting_runs_take_no_more_threads_than_one(JenkinsRule jenkins) throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("shop"));
        List<RunHandle> runs = new ArrayList<>();
        runs.add(start(build, 0));
        int one = driving();
        for (int i = 1; i < MANY; i++) {
            runs.add(start(build, i));
        }

        assertThat(ActiveRuns.get().all()).hasSize(MANY);
        assertThat(one).isBetween(1, 8);
        assertThat(driving()).isLessThanOrEqualTo(8);
        assertThat(threads("process reaper")).isLessThan(10);

        runs.forEach(run -> run.interrupt("The test is over."));
        for (RunHandle run : runs) {
            assertThat(Runs.end(run).result().status()).isEqualTo(RunResult.Status.INTERRUPTED);
        }
    }

    private static RunHandle start(FreeStyleBuild build, int number) throws Exception {
        Console console = new Console();
        RunHandle run = Runs.start(RunOrder.provision(Runs.request("web-" + number), null, null, null), build, console);
        console.await("[init]");
        return run;
    }

    private static int driving() {
        return threads("EC2 Docker runs");
    }

    private static int threads(String name) {
        return (int) Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().contains(name)).count();
    }
}
