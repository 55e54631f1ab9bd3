package io.jenkins.plugins.ec2docker.run.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.platform.Encryption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateVersionsTest {

    @TempDir
    Path directory;

    @Test
    void every_state_is_kept_in_order_and_the_latest_is_found() throws Exception {
        StateVersions versions = new StateVersions(directory.resolve("states"), Encryption.NONE);
        versions.add("run-1", "one".getBytes(UTF_8));
        versions.add("run-2", "two".getBytes(UTF_8));

        assertThat(versions.list()).extracting(StateVersions.Version::number).containsExactly(1, 2);
        assertThat(versions.read(versions.latest().orElseThrow())).asString(UTF_8).isEqualTo("two");
        assertThat(versions.latest().orElseThrow().runId()).isEqualTo("run-2");
    }

    @Test
    void the_same_state_again_is_no_new_version() throws Exception {
        StateVersions versions = new StateVersions(directory, Encryption.NONE);
        StateVersions.Version first = versions.add("run-1", "one".getBytes(UTF_8));

        assertThat(versions.add("run-2", "one".getBytes(UTF_8))).isEqualTo(first);
        assertThat(versions.list()).hasSize(1);
    }

    @Test
    void a_half_written_version_is_not_one() throws Exception {
        StateVersions versions = new StateVersions(directory, Encryption.NONE);
        versions.add("run-1", "one".getBytes(UTF_8));
        Files.writeString(directory.resolve(".000002-run-2.tfstate.1f.part"), "tw");

        assertThat(versions.list()).hasSize(1);
    }

    /** The engine's build runs under a locale that has digits of its own. */
    @Test
    void file_names_have_the_same_digits_in_every_locale() throws Exception {
        StateVersions versions = new StateVersions(directory, Encryption.NONE);
        StateVersions.Version first = versions.add("run-1", "one".getBytes(UTF_8));
        StateVersions.Version restored = versions.restore(first);

        assertThat(first.file()).hasFileName("000001-run-1.tfstate");
        assertThat(restored.file()).hasFileName("000002-run-1.of-000001.tfstate");
    }

    /** Earlier versions of the plugin wrote those of the JVM's locale, found none of them, and so counted none. */
    @Test
    void files_with_digits_of_another_script_are_read_in_the_order_of_their_runs() throws Exception {
        StateVersions versions = new StateVersions(directory, Encryption.NONE);
        Files.writeString(directory.resolve("\u0660\u0660\u0660\u0660\u0660\u0661-run-2.tfstate"), "two");
        Files.writeString(directory.resolve("\u0966\u0966\u0966\u0966\u0966\u0967-run-1.of-\u0966\u0966\u0966\u0966\u0967\u0968.tfstate"),
                "one");

        assertThat(versions.list()).extracting(StateVersions.Version::runId).containsExactly("run-1", "run-2");
        assertThat(versions.list()).extracting(StateVersions.Version::restored).containsExactly(12, null);
        assertThat(versions.read(versions.latest().orElseThrow())).asString(UTF_8).isEqualTo("two");
        assertThat(versions.add("run-3", "three".getBytes(UTF_8)).number()).isEqualTo(2);
    }

    @Test
    void only_the_owner_can_read_a_state() throws Exception {
        Path file = new StateVersions(directory.resolve("new/states"), Encryption.NONE).add("run-1", "one".getBytes(UTF_8)).file();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent()))).isEqualTo("rwx------");
    }

    @Test
    void what_is_on_disk_is_sealed() throws Exception {
        Encryption mirror = new Encryption() {
            @Override
            public byte[] seal(byte[] open) {
                return new StringBuilder(new String(open, UTF_8)).reverse().toString().getBytes(UTF_8);
            }

            @Override
            public byte[] open(byte[] sealed) {
                return seal(sealed);
            }
        };
        StateVersions versions = new StateVersions(directory, mirror);
        StateVersions.Version version = versions.add("run-1", "secret".getBytes(UTF_8));

        assertThat(version.file()).hasContent("terces");
        assertThat(versions.read(version)).asString(UTF_8).isEqualTo("secret");
    }
}
