package io.jenkins.plugins.ec2docker.terraform.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProviderLockFileTest {

    @Test
    void without_hashes_it_still_names_each_provider_in_its_version() throws Exception {
        String shipped = Files.readString(Path.of("terraform-templates/instance").resolve(ProviderLockFile.FILE));
        assertThat(shipped).contains("h1:", "zh:");

        String versions = ProviderLockFile.withoutHashes(shipped);

        assertThat(versions).doesNotContain("hashes", "h1:", "zh:");
        assertThat(ProviderLockFile.parse(versions)).isEqualTo(ProviderLockFile.parse(shipped));
        assertThat(ProviderLockFile.parse(versions).providers()).isNotEmpty();
    }
}
