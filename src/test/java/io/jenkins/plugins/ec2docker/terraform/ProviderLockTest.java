package io.jenkins.plugins.ec2docker.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProviderLockTest {

    @Test
    void without_hashes_it_still_names_each_provider_in_its_version() throws Exception {
        String shipped = Files.readString(Path.of("terraform-templates/instance").resolve(ProviderLock.FILE));
        assertThat(shipped).contains("h1:", "zh:");

        String versions = ProviderLock.withoutHashes(shipped);

        assertThat(versions).doesNotContain("hashes", "h1:", "zh:");
        assertThat(ProviderLock.parse(versions)).isEqualTo(ProviderLock.parse(shipped));
        assertThat(ProviderLock.parse(versions).providers()).isNotEmpty();
    }
}
