package io.jenkins.plugins.ec2docker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.MotoExtension;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** The commands for what outlives a build, as a person types them. */
@ExtendWith(MotoExtension.class)
class UpkeepCommandsTest {

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void an_end_is_put_off_as_far_as_the_guardrails_allow() throws Exception {
        deployment("live", "\"2099-01-01T00:00:00Z\"");
        Path guardrails = Files.writeString(directory.resolve("guardrails.yml"), "maxLifetime: 7d\n");

        assertThat(run("extend", "web", "2d")).isZero();
        assertThat(out.toString()).contains("Deployment \"web\" now ends at 2099-01-03T00:00:00Z.");
        assertThat(Files.readString(directory.resolve("web/deployment.json"))).contains("2099-01-03T00:00:00Z");
        assertThat(run("extend", "web", "1h", "--guardrails", guardrails.toString())).isEqualTo(3);
        assertThat(err.toString()).contains("more than 7d from now").contains("cannot be put off now");
        assertThat(run("extend", "web", "soon")).isEqualTo(2);
    }

    @Test
    void what_is_gone_cannot_drift_and_is_not_extended() throws Exception {
        deployment("empty", "null");

        assertThat(run("drift", "web")).isEqualTo(2);
        assertThat(err.toString()).contains("has nothing in AWS that could have drifted");
        assertThat(run("extend", "web", "1h")).isEqualTo(3);
    }

    @Test
    void a_sweep_says_what_it_found_and_removes_it_only_when_told_to(Moto aws) throws Exception {
        deployment("empty", "null");
        try (Ec2Client ec2 = aws.ec2()) {
            ec2.createKeyPair(r -> r.keyName("left").tagSpecifications(TagSpecification.builder()
                    .resourceType(ResourceType.KEY_PAIR)
                    .tags(tag("ec2-docker:managed-by", "ec2-docker"), tag("ec2-docker:name", "web"),
                            tag("ec2-docker:deployment", "web-0000000a"))
                    .build()));

            EngineProcess dry = sweep(aws);
            assertThat(dry.end()).isZero();
            assertThat(dry.said()).contains(
                    "1 left over (free), 1 of them to be removed by --destroy, 0 to be taken over by --adopt. Nothing was changed.");
            assertThat(ec2.describeKeyPairs().keyPairs()).hasSize(1);

            EngineProcess real = sweep(aws, "--destroy");
            assertThat(real.end()).isZero();
            assertThat(real.said()).contains("1 of 1 removed.");
            assertThat(ec2.describeKeyPairs().keyPairs()).isEmpty();
        }
    }

    @Test
    void states_are_listed_handed_out_and_brought_back() throws Exception {
        deployment("live", "null");
        String first =
                "{\"version\": 4, \"serial\": 7, \"lineage\": \"5f0d\", \"resources\": [{\"mode\": \"managed\", \"type\": \"aws_eip\","
                        + " \"name\": \"this\", \"instances\": [{}]}]}";
        Files.createDirectories(directory.resolve("web/states"));
        Files.writeString(directory.resolve("web/states/000001-run-1.tfstate"), first);
        Files.writeString(directory.resolve("web/states/000002-run-2.tfstate"), first.replace('7', '9'));

        assertThat(run("state", "list", "web")).isZero();
        assertThat(out.toString()).containsPattern("1  run-1 +7 +\\d+ +1 ").containsPattern("2  run-2 +9 ");
        assertThat(run("state", "get", "web", "1", "--out", directory.resolve("state.json").toString())).isZero();
        assertThat(directory.resolve("state.json")).hasContent(first);
        assertThat(run("state", "restore", "web", "1")).isZero();
        assertThat(out.toString()).contains("State version 1 of deployment \"web\" is now its latest, version 3.");
        assertThat(directory.resolve("web/states/000003-run-1.of-000001.tfstate")).hasContent(first);
        assertThat(run("state", "restore", "web", "8")).isEqualTo(2);
        assertThat(err.toString()).contains("has no state version 8");
    }

    @Test
    void old_history_is_removed_only_when_told_to_and_says_what_went() throws Exception {
        deployment("live", "null");
        assertThat(run("prune")).isZero();
        assertThat(out.toString()).contains("Nothing is old enough to be removed.");

        deployment("empty", "null");
        assertThat(run("prune", "--keep-days", "0")).isZero();
        assertThat(directory.resolve("web/deployment.json")).exists();
        assertThat(run("prune", "--keep-days", "-1")).isEqualTo(2);
        assertThat(err.toString()).contains("--keep-days -1: must be a whole number of 0 or more, where 0 is no limit.");
        assertThat(run("prune")).isZero();
        assertThat(out.toString()).contains("Deployment \"web\": all that was kept of it was removed.");
        assertThat(directory).isEmptyDirectory();
    }

    private EngineProcess sweep(Moto aws, String... more) throws IOException {
        String[] arguments = {"sweep", "--region", "eu-central-1", "--state-dir", directory.toString(), "--older-than", "1us"};
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return EngineProcess.start(aws.environment(), all);
    }

    private int run(String... arguments) {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--state-dir";
        all[arguments.length + 1] = directory.toString();
        CommandLine command = Main.commandLine(System.getenv()).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return Main.run(command, all);
    }

    private void deployment(String status, String expires) throws IOException {
        Files.createDirectories(directory.resolve("web"));
        Files.writeString(directory.resolve("web/deployment.json"), """
                {"name": "web", "id": "web-0000000a", "blueprint": "instance", "region": "eu-central-1", "owner": "alice", "status": "%s",
                 "created": "2020-01-01T00:00:00Z", "updated": "2020-01-01T00:00:00Z", "expires": %s, "appliedRun": null, "good": false,
                 "outputs": {}, "runs": []}
                """.formatted(status.toUpperCase(java.util.Locale.ROOT), expires));
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
