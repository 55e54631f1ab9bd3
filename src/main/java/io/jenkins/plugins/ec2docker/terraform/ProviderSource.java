package io.jenkins.plugins.ec2docker.terraform;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Where Terraform gets its providers from. */
public sealed interface ProviderSource {
    /**
     * A directory that holds providers, packed or unpacked, which many inits may read at once.
     *
     * @param directory with {@code registry.terraform.io/…} in it
     * @param include the providers it is asked for, as Terraform's pattern; others come from their registry
     */
    record Mirror(Path directory, String include) implements ProviderSource {}

    /**
     * Where to take them from on this machine.
     *
     * @param setting directory of a mirror, or one that shall become one; null or blank: {@link ProviderSearch} looks for a mirror
     * @param environment for HOME and the places that it names
     */
    static ProviderSource choose(String setting, Map<String, String> environment) throws IOException {
        return new ProviderSearch(environment).source(setting);
    }

    /** A directory that becomes a mirror: what is missing is fetched once, see {@link ProviderCache}. */
    record Cache(Path directory) implements ProviderSource {}
}
