package io.jenkins.plugins.ec2docker.terraform.provider;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where Terraform gets its providers from. It reads them from a directory that no one writes to meanwhile, because its own plugin cache breaks
 * when two runs fill it at once.
 */
public sealed interface ProviderSource {
    /**
     * A directory that holds the providers, packed or unpacked; any number of inits may read it at once.
     *
     * @param directory that has {@code registry.terraform.io/…} in it
     * @param providers addresses it is asked for; others come from their registry
     */
    record Mirror(Path directory, List<String> providers) implements ProviderSource {
        public Mirror {
            providers = List.copyOf(providers);
        }
    }

    /**
     * A directory that becomes a mirror by {@link ProviderCache#fill}, once.
     *
     * @param directory need not exist
     * @param userConfiguration the user's own CLI configuration, which may know the only way to a registry; null if there is none
     */
    record Cache(Path directory, @CheckForNull Path userConfiguration) implements ProviderSource {}

    /**
     * The first that has the wanted versions of: the setting; what the user's own CLI configuration names; the directories that Terraform's CLI
     * documentation calls implied local mirrors; directories below {@code /opt}. Otherwise a directory to be filled: the setting, or one in
     * the user's cache directory.
     *
     * @param setting a directory; null or blank: what {@code EC2_DOCKER_PROVIDER_MIRROR} says, if that is set
     * @param environment of the caller, for HOME, XDG_… and TF_CLI_CONFIG_FILE too
     * @throws IOException the setting cannot be such a directory; a sentence
     */
    static ProviderSource choose(@CheckForNull String setting, Map<String, String> environment, ProviderLockFile wanted)
            throws IOException {
        UserDirectories user = new UserDirectories(environment);
        Optional<Path> configuration = user.cliConfiguration();
        Path cache = user.cache().resolve("providers");
        String asked = setting != null && !setting.isBlank() ? setting : environment.getOrDefault("EC2_DOCKER_PROVIDER_MIRROR", "");
        if (!asked.isBlank()) {
            cache = Path.of(asked.strip()).toAbsolutePath();
            if (Files.exists(cache) && !Files.isDirectory(cache)) {
                throw new IOException("The provider directory setting points to " + cache + ", which is a file. Name a directory that"
                        + " has registry.terraform.io in it, or an empty one to be filled.");
            }
            if (wanted.areIn(cache)) {
                return new Mirror(cache, wanted.addresses());
            }
        } else {
            for (Path candidate : user.providerDirectories()) {
                if (wanted.areIn(candidate)) {
                    return new Mirror(candidate, wanted.addresses());
                }
            }
        }
        return wanted.areIn(cache) ? new Mirror(cache, wanted.addresses()) : new Cache(cache, configuration.orElse(null));
    }
}
