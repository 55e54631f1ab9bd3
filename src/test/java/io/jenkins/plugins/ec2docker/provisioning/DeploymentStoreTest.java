package io.jenkins.plugins.ec2docker.provisioning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
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
        DeploymentStore store = new DeploymentStore(directory, Seal.NONE);
        Deployment web = Deployment.begin("web", "web-00000001", "instance", "eu-central-1", "alice", NOON)
                .beginRun(RunSummary.begin("r1", Purpose.PROVISION, "alice", NOON))
                .inAccount("123456789012")
                .applying("r1", new Generation("abc", "r1"), NOON.plusSeconds(60), NOON)
                .endRun(
                        "r1",
                        new Result(Result.Status.SUCCEEDED, "Provisioned.", true),
                        false,
                        Deployment.Status.LIVE,
                        Map.of("public_ip", TextNode.valueOf("192.0.2.1")),
                        NOON);
        store.save(web);

        assertThat(new DeploymentStore(directory, Seal.NONE).find("web")).contains(web);
        assertThat(store.list()).containsExactly(web);
        assertThat(web.good()).isTrue();
    }

    @Test
    void an_empty_or_missing_directory_has_no_deployments() throws Exception {
        assertThat(new DeploymentStore(directory.resolve("nowhere"), Seal.NONE).list()).isEmpty();
        assertThat(new DeploymentStore(directory, Seal.NONE).find("web")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../web", "a/b", "..", "."})
    void a_name_cannot_lead_out_of_the_store(String name) {
        DeploymentStore store = new DeploymentStore(directory, Seal.NONE);

        assertThatThrownBy(() -> store.find(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_unfinished_write_leaves_the_earlier_record() throws Exception {
        DeploymentStore store = new DeploymentStore(directory, Seal.NONE);
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
}
