package io.jenkins.plugins.ec2docker.run.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.ec2docker.blueprint.spec.Generation;
import io.jenkins.plugins.ec2docker.platform.Encryption;
import io.jenkins.plugins.ec2docker.request.parse.StoredRequest;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import io.jenkins.plugins.ec2docker.terraform.command.WorkspaceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentStoreTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path directory;

    @Test
    void what_is_saved_is_found_again() throws Exception {
        DeploymentStore store = new DeploymentStore(directory, Encryption.NONE);
        Deployment web = Deployment.begin("web", "web-00000001", "instance", "eu-central-1", "alice", NOON)
                .beginRun(RunSummary.begin("r1", Purpose.PROVISION, "alice", NOON))
                .inAccount("123456789012")
                .applying("r1", new Generation("abc", "r1"), NOON.plusSeconds(60), NOON)
                .endRun(
                        "r1",
                        new RunResult(RunResult.Status.SUCCEEDED, "Provisioned.", true),
                        false,
                        Deployment.Status.LIVE,
                        Map.of("public_ip", TextNode.valueOf("192.0.2.1")),
                        NOON);
        store.save(web);

        assertThat(new DeploymentStore(directory, Encryption.NONE).find("web")).contains(web);
        assertThat(store.list()).containsExactly(web);
        assertThat(web.good()).isTrue();
    }

    @Test
    void an_empty_or_missing_directory_has_no_deployments() throws Exception {
        assertThat(new DeploymentStore(directory.resolve("nowhere"), Encryption.NONE).list()).isEmpty();
        assertThat(new DeploymentStore(directory, Encryption.NONE).find("web")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../web", "a/b", "..", "."})
    void a_name_cannot_lead_out_of_the_store(String name) {
        DeploymentStore store = new DeploymentStore(directory, Encryption.NONE);

        assertThatThrownBy(() -> store.find(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_unfinished_write_leaves_the_earlier_record() throws Exception {
        DeploymentStore store = new DeploymentStore(directory, Encryption.NONE);
        store.save(Deployment.begin("web", "web-00000001", "instance", "eu-central-1", "alice", NOON));
        Files.writeString(directory.resolve("web/.deployment.json.1f.part"), "{\"name\":");

        assertThat(store.find("web")).isPresent();
    }

    @Test
    void workspace_files_survive_packing_byte_for_byte() throws Exception {
        byte[] every = new byte[256];
        for (int i = 0; i < every.length; i++) {
            every[i] = (byte) i;
        }
        WorkspaceFiles files = new WorkspaceFiles(Map.of("main.tf", "x".getBytes(UTF_8), "bootstrap/user-data", every));

        WorkspaceFiles again = WorkspaceFiles.unzip(files.zip());

        assertThat(again.contents()).containsOnlyKeys("main.tf", "bootstrap/user-data");
        assertThat(again.contents().get("bootstrap/user-data")).isEqualTo(every);
        assertThat(files.zip()).isEqualTo(again.zip());
    }

    @Test
    void workspace_files_never_leave_the_workspace() {
        assertThatThrownBy(() -> new WorkspaceFiles(Map.of("../evil", new byte[0]))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WorkspaceFiles(Map.of("/etc/evil", new byte[0]))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_request_is_stored_again_as_it_was_with_fields_and_numbers_that_this_version_does_not_know() throws Exception {
        DeploymentStore store = new DeploymentStore(directory, Encryption.NONE);
        store.save(Deployment.begin("web", "web-00000001", "instance", "eu-central-1", "alice", NOON));
        String json = "{\"name\":\"web\",\"disk\":{\"sizeGiB\":1},\"warp\":{\"factor\":1.10,\"on\":true}}";
        Files.writeString(store.runDirectory("web", "r1").resolve("request.json"), json);

        StoredRequest stored = store.stored("web", "r1");
        String one = store.saveInputs("web", "r2", stored, new WorkspaceFiles(Map.of(WorkspaceFiles.USERS, new byte[0])));

        assertThat(Files.readString(directory.resolve("web/runs/r2/request.json")).replaceAll("\\s", "")).isEqualTo(json);
        assertThat(store.stored("web", "r2")).isEqualTo(stored);
        assertThat(store.saveInputs("web", "r3", store.stored("web", "r2"), new WorkspaceFiles(Map.of(WorkspaceFiles.USERS, new byte[0]))))
                .as("the same request").isEqualTo(one);
        assertThat(store.request("web", "r2").disk().sizeGiB()).isEqualTo(1);
        assertThat(store.request("web", "r2").region()).as("the deployment's").isEqualTo("eu-central-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{\"name\": hunter2}", "{} x", "{\"name\":"})
    void a_request_that_is_no_json_is_reported_with_its_file_and_without_its_content(String content) throws Exception {
        DeploymentStore store = new DeploymentStore(directory, Encryption.NONE);
        Path file = store.runDirectory("web", "r1").resolve("request.json");
        Files.writeString(file, content);

        assertThatThrownBy(() -> store.request("web", "r1"))
                .hasMessageMatching(
                        "(?s)The request that run r1 of deployment \"web\" was given cannot be read: It is no JSON object of fields and values"
                                + "( at line \\d, column \\d+)?\\. Restore \\Q" + file + "\\E from a backup\\.")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void a_request_that_cannot_be_decrypted_is_reported_with_its_file() throws Exception {
        DeploymentStore store = new DeploymentStore(directory, new Encryption() {
            @Override
            public byte[] seal(byte[] open) {
                return open;
            }

            @Override
            public byte[] open(byte[] sealed) throws IOException {
                throw new IOException("This was sealed with other keys.");
            }
        });
        Path file = store.runDirectory("web", "r1").resolve("request.json");
        Files.writeString(file, "{}");

        assertThatThrownBy(() -> store.request("web", "r1"))
                .hasMessage("The request that run r1 of deployment \"web\" was given cannot be read:"
                        + " This was sealed with other keys. Restore " + file + " from a backup.");
    }
}
