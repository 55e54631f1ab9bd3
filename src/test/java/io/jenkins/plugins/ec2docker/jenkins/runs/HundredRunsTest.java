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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
    /** Null to find them where they are. */
    private static volatile String providers;

    @TestExtension
    public static final class Endless implements SystemSettings {
        @Override
        public String terraform() {
            return terraform.toString();
        }

        @Override
        public String providers() {
            return providers;
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

    @Test
    void agents_that_download_providers_keep_no_other_run_from_beginning_and_from_its_interrupt(JenkinsRule jenkins) throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("shop"));
        providers = Files.createDirectory(directory.resolve("empty")).toString();
        List<RunHandle> downloading = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            downloading.add(start(build, i));
        }
        providers = null;
        try {
            RunHandle other = start(build, MANY);
            other.interrupt("The test is over.");
            assertThat(Runs.end(other).result().status()).isEqualTo(RunResult.Status.INTERRUPTED);
        } finally {
            downloading.forEach(run -> run.interrupt("The test is over."));
            endDownloads();
        }
        for (RunHandle run : downloading) {
            assertThat(Runs.end(run).result().succeeded()).isFalse();
        }
        Files.delete(directory.resolve("over"));
    }

    /** The one that is under way, and those that would follow. */
    private static void endDownloads() throws IOException {
        Files.createFile(directory.resolve("over"));
        try (Stream<Path> files = Files.walk(directory.resolve("empty"))) {
            for (Path pid : files.filter(file -> file.endsWith("run/pid")).toList()) {
                Matcher number = Pattern.compile("^pid=(\\d+)$", Pattern.MULTILINE).matcher(Files.readString(pid));
                assertThat(number.find()).isTrue();
                ProcessHandle.of(Long.parseLong(number.group(1))).ifPresent(ProcessHandle::destroy);
            }
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
