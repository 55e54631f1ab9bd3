package io.jenkins.plugins.ec2docker.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.platform.NoProxyRule;
import io.jenkins.plugins.ec2docker.platform.ProxySettings;
import io.jenkins.plugins.ec2docker.request.values.ImageReference;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Registries as they are reached from here, asked as anybody may ask them (OCI distribution specification, "Pulling manifests"), with the
 * environment's proxy: the known ones of the world and those that administrators have named, because a request must not choose an address in
 * this network. Redirects are not followed and no credentials are sent: what is not public keeps its tag.
 */
public final class RegistryClient implements ImageRegistry {
    /** For each request; an image takes three at most, and the caller has a limit for all of them. */
    private static final Duration LIMIT = Duration.ofSeconds(5);
    /** "Registries … SHOULD enforce some limit (4 MiB)": OCI distribution specification, "Pushing manifests". */
    private static final int LARGEST_MANIFEST = 4 << 20;
    private static final int LARGEST_TOKEN = 64 << 10;
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{1,16384}");
    private static final Set<String> MANIFESTS = Set.of(
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.v2+json");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ProxySettings proxy;
    private final Predicate<String> named;
    private final Function<String, URI> addresses;
    private final Duration limit;
    @CheckForNull
    private HttpClient client;

    /** @param named which registries administrators have named, by their names in references */
    public RegistryClient(ProxySettings proxy, Predicate<String> named) {
        this(proxy, named, RegistryClient::address, LIMIT);
    }

    /** @param addresses of registries by their names in references */
    RegistryClient(ProxySettings proxy, Predicate<String> named, Function<String, URI> addresses, Duration limit) {
        this.proxy = proxy;
        this.named = named;
        this.addresses = addresses;
        this.limit = limit;
    }

    @Override
    public Answer digest(ImageReference image) throws InterruptedException {
        String canonical = image.canonicalName();
        String registry = canonical.substring(0, canonical.indexOf('/'));
        String repository = canonical.substring(registry.length() + 1);
        if (!KnownRegistries.contains(registry) && !named.test(registry)) {
            return Answer.none(registry + " is not asked, because no guardrail of images names it");
        }
        URI base;
        try {
            base = addresses.apply(registry);
        } catch (IllegalArgumentException e) {
            return Answer.none("its registry is no address that can be asked from here");
        }
        return digest(base, repository, Objects.requireNonNullElse(image.tag(), "latest"));
    }

    private Answer digest(URI base, String repository, String tag) throws InterruptedException {
        URI manifest = base.resolve("/v2/" + repository + "/manifests/" + tag);
        String host = base.getAuthority();
        try {
            if (proxy.forTarget(base).isEmpty()) {
                // Where there is no network this is known before a TLS client is made, which takes longer than all else here.
                InetAddress.getByName(base.getHost());
            }
            HttpResponse<InputStream> answer = ask("HEAD", manifest, null);
            String token = null;
            if (answer.statusCode() == 401) {
                Optional<BearerChallenge> challenge =
                        answer.headers().firstValue("WWW-Authenticate").flatMap(header -> BearerChallenge.of(header, base));
                token = challenge.isPresent() ? token(challenge.get().address(repository)) : null;
                if (token == null) {
                    return Answer.none(host + " lets nobody look without credentials");
                }
                answer = ask("HEAD", manifest, token);
            }
            if (answer.statusCode() == 200 && isManifest(answer)) {
                Optional<String> digest = answer.headers().firstValue("Docker-Content-Digest").filter(DIGEST.asMatchPredicate());
                return digest.isPresent() ? Answer.of(digest.get()) : computed(ask("GET", manifest, token), host);
            }
            return refused(answer, host);
        } catch (HttpTimeoutException e) {
            return Answer.none(host + " gave no answer within " + limit.toSeconds() + " s");
        } catch (UnknownHostException e) {
            return Answer.none("nobody here knows the address of " + host);
        } catch (ConnectException e) {
            return Answer.none(host + " cannot be reached");
        } catch (SSLException e) {
            return Answer.none(host + " speaks no TLS that this machine accepts");
        } catch (IOException | IllegalArgumentException e) {
            return Answer.none(host + " broke off before its answer was complete");
        }
    }

    /** The digest of a manifest is that of its bytes; so it needs not to be said. */
    private static Answer computed(HttpResponse<InputStream> answer, String host) throws IOException {
        if (answer.statusCode() != 200 || !isManifest(answer)) {
            return refused(answer, host);
        }
        byte[] body = read(answer, LARGEST_MANIFEST);
        if (body == null) {
            return Answer.none(host + " answers with a manifest of more than " + LARGEST_MANIFEST + " bytes");
        }
        try {
            return Answer.of("sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Answer refused(HttpResponse<InputStream> answer, String host) throws IOException {
        answer.body().close();
        return Answer.none(switch (answer.statusCode()) {
            case 200 -> host + " answers with something that is no image manifest";
            case 401, 403 -> host + " lets nobody look without credentials";
            case 404 -> host + " does not know it";
            case 429 -> host + " has been asked too often from this address";
            default -> host + " answers HTTP " + answer.statusCode();
        });
    }

    /** Null where the service gives none. */
    @CheckForNull
    private String token(URI address) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = ask("GET", address, null);
        byte[] body = answer.statusCode() == 200 ? read(answer, LARGEST_TOKEN) : null;
        if (body == null) {
            answer.body().close();
            return null;
        }
        JsonNode document = MAPPER.readTree(body);
        String token = document.path("token").asText(document.path("access_token").asText(""));
        return TOKEN.matcher(token).matches() ? token : null;
    }

    private HttpResponse<InputStream> ask(String method, URI address, @CheckForNull String token) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(limit)
                .header("User-Agent", "ec2-docker")
                .header("Accept", String.join(", ", MANIFESTS) + ", application/json");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        // As in HttpHealthCheck: with an authenticator instead, a registry's 401 would be an exception.
        proxy.forTarget(address).map(URI::getUserInfo).ifPresent(user -> request.header("Proxy-Authorization", "Basic "
                + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8))));
        return client().send(request.build(), BodyHandlers.ofInputStream());
    }

    private static boolean isManifest(HttpResponse<InputStream> answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        return MANIFESTS.contains(type.replaceFirst(";.*", "").strip());
    }

    /** Null where there is more than the limit. */
    @CheckForNull
    private static byte[] read(HttpResponse<InputStream> answer, int most) throws IOException {
        try (InputStream body = answer.body()) {
            byte[] bytes = body.readNBytes(most + 1);
            return bytes.length > most ? null : bytes;
        }
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .connectTimeout(limit)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .proxy(proxy.selector())
                    .build();
        }
        return client;
    }

    /** Docker Hub answers under another name than its own. A registry on the loopback is the instance's own and not this machine's. */
    private static URI address(String registry) {
        URI address = URI.create("https://" + (registry.equals("docker.io") ? "registry-1.docker.io" : registry));
        if (address.getHost() == null || NoProxyRule.of(address).loopback()) {
            throw new IllegalArgumentException("not to be asked from here: " + registry);
        }
        return address;
    }
}
