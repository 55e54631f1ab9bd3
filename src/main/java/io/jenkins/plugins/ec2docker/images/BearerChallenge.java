package io.jenkins.plugins.ec2docker.images;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a registry's {@code WWW-Authenticate} says about where an anonymous token is to be had (distribution/distribution, "Token Authentication
 * Specification"). The scope it names is not used: the caller knows what it wants to read.
 *
 * @param realm the address of the token service
 * @param service by which name that knows the registry; null where none is given
 */
record BearerChallenge(URI realm, @CheckForNull String service) {
    private static final Pattern SCHEME = Pattern.compile("(?i)(?:^|,\\s*)bearer\\s+");
    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z_]+)\\s*=\\s*\"([^\"\\\\]{0,1000})\"");

    /** Empty where the header asks for something else, or names no address that may be asked. */
    static Optional<BearerChallenge> of(String header, URI registry) {
        Matcher scheme = SCHEME.matcher(header);
        if (header.length() > 4000 || !scheme.find()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        for (Matcher each = PARAMETER.matcher(header).region(scheme.end(), header.length()); each.find();) {
            parameters.putIfAbsent(each.group(1).toLowerCase(Locale.ROOT), each.group(2));
        }
        return realm(parameters.get("realm"), registry).map(realm -> new BearerChallenge(realm, parameters.get("service")));
    }

    /** Where to ask for a token that lets one pull from a repository. */
    URI address(String repository) {
        String query =
                (service == null ? "" : "service=" + encoded(service) + "&") + "scope=" + encoded("repository:" + repository + ":pull");
        return URI.create(realm + (realm.getRawQuery() == null ? "?" : "&") + query);
    }

    /**
     * A registry must not send us where it is not trusted to be less than itself: from TLS to plain HTTP, with a user and password, or to somebody
     * else's machine.
     */
    private static Optional<URI> realm(@CheckForNull String text, URI registry) {
        try {
            URI realm = URI.create(text == null ? "" : text);
            boolean allowed = "https".equalsIgnoreCase(realm.getScheme()) || registry.getScheme().equalsIgnoreCase(realm.getScheme());
            boolean plain = realm.getHost() != null && realm.getRawUserInfo() == null && realm.getRawFragment() == null;
            return allowed && plain && KnownRegistries.isTokenService(realm, registry) ? Optional.of(realm) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
