package io.jenkins.plugins.ec2docker.terraform.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderSourceTest {
    private static final ProviderLockFile.Provider PROVIDER = new ProviderLockFile.Provider("registry.example.com/test/tiny", "1.2.3");
    private static final ProviderLockFile WANTED = new ProviderLockFile(List.of(PROVIDER));

    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void a_user_with_nothing() {
        environment.put("HOME", home.toString());
    }

    @Test
    void the_setting_comes_first() throws Exception {
        Path set = unpacked(home.resolve("set"));
        unpacked(home.resolve(".terraform.d/plugins"));

        assertThat(ProviderSource.choose(set.toString(), environment, WANTED)).isEqualTo(mirror(set));
    }

    @Test
    void a_variable_stands_in_for_the_setting() throws Exception {
        environment.put("EC2_DOCKER_PROVIDER_MIRROR", unpacked(home.resolve("named")).toString());

        assertThat(ProviderSource.choose(null, environment, WANTED)).isEqualTo(mirror(home.resolve("named")));
    }

    @Test
    void a_setting_without_the_wanted_version_is_a_directory_to_be_filled() throws Exception {
        Path set = Files
                .createDirectories(home.resolve("set").resolve(PROVIDER.address()).resolve("1.2.2").resolve(ProviderLockFile.platform()));
        unpacked(home.resolve(".terraform.d/plugins"));

        assertThat(ProviderSource.choose(home.resolve("set").toString(), environment, WANTED))
                .as("not silently from elsewhere; there is " + set)
                .isEqualTo(new ProviderSource.Cache(home.resolve("set"), null));
    }

    @Test
    void a_setting_that_is_a_file_is_refused() throws Exception {
        Path file = Files.createFile(home.resolve("file"));

        assertThatThrownBy(() -> ProviderSource.choose(file.toString(), environment, WANTED))
                .isInstanceOf(java.io.IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("Name a directory");
    }

    @Test
    void a_mirror_in_the_users_own_configuration_is_used() throws Exception {
        Path named = unpacked(home.resolve("named"));
        Files.writeString(home.resolve(".terraformrc"), """
                # filesystem_mirror { path = "/nowhere" }
                provider_installation {
                  filesystem_mirror {
                    include = ["registry.example.com/*/*"]
                    path    = "%s"
                  }
                }
                """.formatted(named));

        assertThat(ProviderSource.choose(null, environment, WANTED)).isEqualTo(mirror(named));
    }

    @Test
    void the_users_plugin_cache_is_read_where_it_has_the_version() throws Exception {
        Path configuration = Files.writeString(home.resolve("my.tfrc"), "plugin_cache_dir   = \"$HOME/plugin-cache\"\n");
        environment.put("TF_CLI_CONFIG_FILE", configuration.toString());
        unpacked(home.resolve("plugin-cache"));

        assertThat(ProviderSource.choose("", environment, WANTED)).isEqualTo(mirror(home.resolve("plugin-cache")));
    }

    @Test
    void a_configuration_that_is_named_but_missing_is_no_error() throws Exception {
        environment.put("TF_CLI_CONFIG_FILE", home.resolve("none").toString());

        assertThat(ProviderSource.choose(null, environment, WANTED))
                .isEqualTo(new ProviderSource.Cache(home.resolve(".cache/ec2-docker/providers"), null));
    }

    @Test
    void implied_local_mirrors_are_found_packed_too() throws Exception {
        environment.put("XDG_DATA_DIRS", home.resolve("share").toString());
        Path shared = home.resolve("share/terraform/plugins");
        Files.createDirectories(shared.resolve(PROVIDER.packed()).getParent());
        Files.createFile(shared.resolve(PROVIDER.packed()));

        assertThat(ProviderSource.choose(null, environment, WANTED)).isEqualTo(mirror(shared));
    }

    @Test
    void a_filled_cache_is_a_mirror_and_an_empty_one_knows_the_users_way_to_a_registry() throws Exception {
        Path configuration = Files.writeString(home.resolve(".terraformrc"),
                "provider_installation {\n  network_mirror {\n    url = \"https://x/\"\n  }\n}\n");
        environment.put("XDG_CACHE_HOME", home.resolve("caches").toString());
        Path cache = home.resolve("caches/ec2-docker/providers");
        assertThat(ProviderSource.choose(null, environment, WANTED)).isEqualTo(new ProviderSource.Cache(cache, configuration));

        unpacked(cache);
        assertThat(ProviderSource.choose(null, environment, WANTED)).isEqualTo(mirror(cache));
    }

    @Test
    void a_lock_file_names_its_providers() {
        ProviderLockFile lock = ProviderLockFile.parse("""
                # This file is maintained automatically by "terraform init".
                provider "registry.terraform.io/hashicorp/aws" {
                  version     = "5.100.0"
                  constraints = "~> 5.100"
                }
                provider "registry.example.com/test/tiny" {
                  version = "1.2.3"
                }
                """);

        assertThat(lock.providers()).containsExactly(new ProviderLockFile.Provider("registry.terraform.io/hashicorp/aws", "5.100.0"),
                PROVIDER);
    }

    @Test
    void the_cli_configuration_keeps_odd_directories_text() {
        assertThat(CliConfiguration.of(new ProviderSource.Mirror(Path.of("/a \"b\" ${c}"), List.of("x/y/z"))).text()).isEqualTo("""
                disable_checkpoint = true
                provider_installation {
                  filesystem_mirror {
                    path    = "/a \\"b\\" $${c}"
                    include = ["x/y/z"]
                  }
                  direct {
                    exclude = ["x/y/z"]
                  }
                }
                """);
    }

    private static Path unpacked(Path directory) throws Exception {
        Files.createDirectories(directory.resolve(PROVIDER.unpacked()));
        return directory;
    }

    private static ProviderSource.Mirror mirror(Path directory) {
        return new ProviderSource.Mirror(directory, List.of(PROVIDER.address()));
    }
}
