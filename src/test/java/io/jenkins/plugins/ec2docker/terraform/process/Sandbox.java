package io.jenkins.plugins.ec2docker.terraform.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.terraform.command.TerraformBinary;
import io.jenkins.plugins.ec2docker.terraform.command.TerraformCommand;
import io.jenkins.plugins.ec2docker.terraform.command.TerraformEnvironment;
import io.jenkins.plugins.ec2docker.terraform.documents.StateContent;
import io.jenkins.plugins.ec2docker.terraform.documents.StateReader;
import io.jenkins.plugins.ec2docker.terraform.events.Event;
import io.jenkins.plugins.ec2docker.terraform.events.EventTail;
import io.jenkins.plugins.ec2docker.terraform.provider.CliConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A directory in which the machine's real Terraform works on a configuration that needs no provider. */
final class Sandbox {
    static final Duration LONG = Duration.ofSeconds(60);

    /** Two resources, the second of which takes as long to create as a test needs; then one that is never reached by an interrupted run. */
    static String slow(int seconds) {
        return """
                resource "terraform_data" "quick" {
                  input = "quick"
                }
                resource "terraform_data" "slow" {
                  input = terraform_data.quick.id
                  provisioner "local-exec" {
                    command = "sleep %s"
                  }
                }
                resource "terraform_data" "after" {
                  input = terraform_data.slow.id
                }
                output "id" {
                  value = terraform_data.slow.id
                }
                """.formatted(seconds);
    }

    final Path directory;
    final TerraformBinary terraform;
    private final Map<String, String> environment;
    private int runs;

    Sandbox(Path parent, String configuration) throws Exception {
        this.directory = Files.createDirectories(parent.resolve("work"));
        this.terraform = TerraformBinary.find(null, System.getenv());
        Files.writeString(directory.resolve("main.tf"), configuration);
        Path cli = new CliConfiguration("disable_checkpoint = true\n").writeTo(parent);
        this.environment = new TreeMap<>(TerraformEnvironment.of(System.getenv(), cli, parent.resolve("data"), Map.of()));
    }

    Sandbox with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    Path nextRun() {
        return directory.resolveSibling("run-" + ++runs);
    }

    TerraformProcess start(TerraformCommand command) throws IOException, InterruptedException {
        return DetachedLauncher.start(nextRun(), directory, command.with(terraform), environment);
    }

    /** Runs a command to its good end. */
    TerraformProcess run(TerraformCommand command) throws IOException, InterruptedException {
        TerraformProcess process = start(command);
        assertThat(process.waitFor(LONG)).as(() -> said(process)).isEqualTo(new ProcessStatus.Finished(0));
        return process;
    }

    /** Starts an apply; returns when the slow resource is being created. */
    TerraformProcess startSlowApply() throws IOException, InterruptedException {
        run(TerraformCommand.init());
        run(TerraformCommand.plan());
        TerraformProcess process = start(TerraformCommand.apply());
        awaitSlow(process);
        return process;
    }

    static void awaitSlow(TerraformProcess process) throws IOException, InterruptedException {
        EventTail tail = process.events(0);
        List<Event> seen = new ArrayList<>();
        long end = System.nanoTime() + LONG.toNanos();
        try (DirectoryWatch watch = new DirectoryWatch(process.files().directory(), true)) {
            while (seen.stream().noneMatch(e -> e instanceof Event.ApplyStart start && start.address().equals("terraform_data.slow"))) {
                assertThat(System.nanoTime()).as(() -> said(process)).isLessThan(end);
                tail.drain(false, seen::add);
                watch.await(Duration.ofMillis(200));
            }
        }
    }

    StateContent state() throws IOException {
        return ((StateReader.Reading.State) StateReader.read(directory.resolve("terraform.tfstate"))).version();
    }

    static String said(TerraformProcess process) {
        try {
            return Files.readString(process.files().stdout()) + Files.readString(process.files().stderr())
                    + Files.readString(process.files().launcherLog());
        } catch (IOException e) {
            return e.toString();
        }
    }
}
