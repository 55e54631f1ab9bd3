package io.jenkins.plugins.ec2docker.images;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The registries and token services of the world that may be asked without an administrator naming them. All others are in somebody's network:
 * whoever writes a request, or runs a registry, must not choose what is asked from here.
 */
final class KnownRegistries {

    private static final Set<String> NAMES = Set.of(
            "docker.io", "ghcr.io", "quay.io", "public.ecr.aws", "gcr.io", "registry.k8s.io", "mcr.microsoft.com", "registry.gitlab.com",
            "registry.access.redhat.com", "docker.elastic.co", "nvcr.io", "cgr.dev", "lscr.io");

    /** A registry for each customer, below a domain of the provider's. */
    private static final List<Pattern> FAMILIES = List.of(
            Pattern.compile("[a-z0-9-]+\\.gcr\\.io"),
            Pattern.compile("[a-z0-9-]+\\.pkg\\.dev"),
            Pattern.compile("[a-z0-9-]+\\.azurecr\\.io"),
            Pattern.compile("[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com"));

    /** Those of registries whose names are in other domains. */
    private static final Set<String> TOKEN_SERVICES = Set.of("auth.docker.io", "ghcr.io", "gitlab.com");

    private KnownRegistries() {}

    /** @param name as it stands in references, {@code docker.io} for Docker Hub */
    static boolean contains(String name) {
        return NAMES.contains(name) || FAMILIES.stream().anyMatch(family -> family.matcher(name).matches());
    }

    /** Whether a registry may have its tokens given out at this address: a known one, or one in its own domain, at its port or HTTPS's own. */
    static boolean isTokenService(URI realm, URI registry) {
        String host = realm.getHost().toLowerCase(Locale.ROOT);
        String own = registry.getHost().toLowerCase(Locale.ROOT);
        boolean port = realm.getPort() == -1 || realm.getPort() == 443 || realm.getPort() == registry.getPort();
        return port && (TOKEN_SERVICES.contains(host) || host.equals(own) || host.endsWith("." + domain(own)));
    }

    /** {@code example.com} of {@code registry.example.com}; a name of two labels, or an address, is its own. */
    private static String domain(String host) {
        String above = host.substring(host.indexOf('.') + 1);
        return above.contains(".") && !host.matches("[0-9.]+|\\[.*") ? above : host;
    }
}
