package io.jenkins.plugins.ec2docker.terraform;

import java.nio.file.Path;

/** Where Terraform gets its providers from. */
public sealed interface ProviderSource {
    /**
     * A directory that holds providers, packed or unpacked, which many inits may read at once.
     *
     * @param directory with {@code registry.terraform.io/…} in it
     * @param include the providers it is asked for, as Terraform's pattern; others come from their registry
     */
    record Mirror(Path directory, String include) implements ProviderSource {}

    /** A directory that becomes a mirror: what is missing is fetched once, see {@link ProviderCache}. */
    record Cache(Path directory) implements ProviderSource {}
}
