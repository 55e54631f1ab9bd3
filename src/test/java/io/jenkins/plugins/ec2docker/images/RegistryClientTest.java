package io.jenkins.plugins.ec2docker.images;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.ec2docker.platform.ProxySettings;
import io.jenkins.plugins.ec2docker.request.values.ImageReference;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A registry over HTTP, as it should be and as it should not. */
class RegistryClientTest {
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String MANIFEST = "/v2/library/nginx/manifests/1.27";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;
    private URI base;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void close() {
        end.countDown();
        server.stop(0);
    }

    @Test
    void the_digest_is_what_the_registry_says_to_a_head_request() throws Exception {
        serve(MANIFEST, 200, Map.of("Docker-Content-Digest", DIGEST, "Content-Type", INDEX), "");

        assertThat(ask("nginx:1.27")).isEqualTo(ImageRegistry.Answer.of(DIGEST));
        assertThat(asked).containsExactly("HEAD " + MANIFEST + " null");
    }

    @Test
    void an_image_without_a_tag_is_the_latest() throws Exception {
        serve("/v2/acme/app/manifests/latest", 200, Map.of("Docker-Content-Digest", DIGEST, "Content-Type", INDEX), "");

        assertThat(ask("registry.example.com/acme/app").digest()).isEqualTo(DIGEST);
    }

    @Test
    void a_registry_that_wants_an_anonymous_token_is_asked_with_one() throws Exception {
        server.createContext(MANIFEST, exchange -> {
            boolean allowed = "Bearer t0k.en".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            answer(exchange, allowed ? 200 : 401, allowed
                    ? Map.of("Docker-Content-Digest", DIGEST, "Content-Type", INDEX + "; charset=utf-8")
                    : Map.of("WWW-Authenticate",
                            "Bearer realm=\"" + base + "/token\",service=\"registry\",scope=\"repository:secret:push\""),
                    "");
        });
        serve("/token", 200, Map.of("Content-Type", "application/json"), "{\"token\":\"t0k.en\"}");

        assertThat(ask("nginx:1.27").digest()).isEqualTo(DIGEST);
        assertThat(asked.get(1)).isEqualTo("GET /token?service=registry&scope=repository%3Alibrary%2Fnginx%3Apull null");
    }

    @Test
    void a_digest_that_is_not_said_is_computed_from_the_manifest() throws Exception {
        serve(MANIFEST, 200, Map.of("Content-Type", INDEX), "{\"manifests\":[]}");

        String computed = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest("{\"manifests\":[]}".getBytes(UTF_8)));
        assertThat(ask("nginx:1.27").digest()).isEqualTo("sha256:" + computed);
    }

    @Test
    void a_hostile_digest_is_not_taken() throws Exception {
        serve(MANIFEST, 200, Map.of("Content-Type", INDEX, "Docker-Content-Digest", "sha256:$(reboot)\""), "{}");

        assertThat(ask("nginx:1.27").digest()).matches("sha256:[0-9a-f]{64}");
    }

    @Test
    void a_page_instead_of_a_manifest_is_no_answer_whatever_its_headers_say() throws Exception {
        serve(MANIFEST, 200, Map.of("Content-Type", "text/html", "Docker-Content-Digest", DIGEST), "<html>Log in to this network</html>");

        assertThat(ask("nginx:1.27").reason()).endsWith("answers with something that is no image manifest");
    }

    @Test
    void an_image_that_is_not_there_or_not_public_or_asked_for_too_often_is_said_to_be_so() throws Exception {
        serve(MANIFEST, 404, Map.of(), "");
        serve("/v2/library/redis/manifests/7", 401, Map.of("WWW-Authenticate", "Basic realm=\"x\""), "");
        serve("/v2/library/httpd/manifests/2", 429, Map.of(), "");
        serve("/v2/library/caddy/manifests/2", 302, Map.of("Location", base + MANIFEST), "");

        assertThat(ask("nginx:1.27").reason()).endsWith("does not know it");
        assertThat(ask("redis:7").reason()).endsWith("lets nobody look without credentials");
        assertThat(ask("httpd:2").reason()).endsWith("has been asked too often from this address");
        assertThat(ask("caddy:2").reason()).endsWith("answers HTTP 302");
    }

    @Test
    void a_token_service_that_gives_none_or_a_hostile_one_is_as_if_there_were_none() throws Exception {
        serve(MANIFEST, 401, Map.of("WWW-Authenticate", "Bearer realm=\"" + base + "/token\""), "");
        serve("/token", 200, Map.of(), "{\"token\":\"a\\r\\nX-Evil: b\"}");

        assertThat(ask("nginx:1.27").reason()).endsWith("lets nobody look without credentials");
        assertThat(asked).hasSize(2);
    }

    @Test
    void a_registry_cannot_send_us_from_tls_to_plain_http_nor_anywhere_else() {
        URI tls = URI.create("https://registry.example.com");
        assertThat(BearerChallenge.of("Bearer realm=\"http://169.254.169.254/latest\"", tls)).isEmpty();
        assertThat(BearerChallenge.of("Bearer realm=\"file:///etc/passwd\"", tls)).isEmpty();
        assertThat(BearerChallenge.of("Bearer realm=\"https://user:pw@auth.example.com/\"", tls)).isEmpty();
        assertThat(BearerChallenge.of("Bearer realm=\"https://auth.exa mple.com/\"", tls)).isEmpty();
        assertThat(BearerChallenge.of("Bearer " + "a=\"b\",".repeat(2000), tls)).isEmpty();
        assertThat(BearerChallenge.of("Bearer realm=\"https://auth.example.com/t?a=b\"", tls).orElseThrow().address("x/y"))
                .hasToString("https://auth.example.com/t?a=b&scope=repository%3Ax%2Fy%3Apull");
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example.com, auth.example.com, true",
        "registry.example.com, registry.example.com, true",
        "registry.example.com, a.b.example.com, true",
        "registry.gitlab.com, gitlab.com, true",
        "registry-1.docker.io, auth.docker.io, true",
        "lscr.io, ghcr.io, true",
        "lscr.io, evil.io, false",
        "registry.example.com, example.com.evil.org, false",
        "registry.example.com, evilexample.com, false",
        "registry.example.com, 10.0.0.5, false",
        "registry.example.com, 169.254.169.254, false",
        "registry.example.com, localhost, false",
        "10.0.0.5, 10.0.0.6, false",
        "10.0.0.5, 10.0.0.5, true",
        "registry.example.com, auth.example.com:8443, false",
        "registry.example.com:8443, auth.example.com:8443, true"})
    void a_token_is_fetched_within_the_domain_of_the_registry_or_from_a_known_service(String registry, String realm, boolean followed) {
        assertThat(BearerChallenge.of("Bearer realm=\"https://" + realm + "/token\"", URI.create("https://" + registry)).isPresent())
                .isEqualTo(followed);
    }

    @Test
    void no_registry_is_asked_that_neither_the_world_knows_nor_an_administrator_has_named() throws Exception {
        serve("/v2/app/manifests/1", 200, Map.of("Docker-Content-Digest", DIGEST, "Content-Type", INDEX), "");
        serve(MANIFEST, 200, Map.of("Docker-Content-Digest", DIGEST, "Content-Type", INDEX), "");
        RegistryClient client =
                new RegistryClient(ProxySettings.NONE, "registry.example.com"::equals, name -> base, Duration.ofSeconds(30));

        for (String image : List.of("10.0.0.5:8080/app:1", "169.254.169.254/app:1", "intranet.local/app:1", "docker.io.evil.org/app:1")) {
            assertThat(client.digest(image(image)).reason()).endsWith(" is not asked, because no guardrail of images names it");
        }
        assertThat(asked).isEmpty();
        assertThat(client.digest(image("registry.example.com/app:1")).digest()).isEqualTo(DIGEST);
        assertThat(client.digest(image("nginx:1.27")).digest()).isEqualTo(DIGEST);
    }

    @Test
    void a_registry_that_says_nothing_is_given_up() throws Exception {
        server.createContext(MANIFEST, exchange -> {
            try {
                end.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(registry(Duration.ofSeconds(1)).digest(image("nginx:1.27")).reason()).endsWith("gave no answer within 1 s");
    }

    @Test
    void a_registry_that_is_not_there_is_given_up_at_once() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            base = URI.create("http://127.0.0.1:" + taken.getLocalPort());
        }
        assertThat(ask("nginx:1.27").reason()).endsWith("cannot be reached");
    }

    @Test
    void a_registry_that_has_no_address_is_given_up_at_once() throws Exception {
        // RFC 6761: .invalid is nobody's.
        assertThat(new RegistryClient(ProxySettings.NONE, registry -> true).digest(image("registry.invalid/app:1")).reason())
                .isEqualTo("nobody here knows the address of registry.invalid");
    }

    @Test
    void a_registry_of_the_instance_itself_is_not_looked_for_here() throws Exception {
        assertThat(new RegistryClient(ProxySettings.NONE, registry -> true).digest(image("localhost:5000/app:1")).reason())
                .isEqualTo("its registry is no address that can be asked from here");
    }

    private ImageRegistry.Answer ask(String image) throws Exception {
        return registry(Duration.ofSeconds(30)).digest(image(image));
    }

    private RegistryClient registry(Duration limit) {
        return new RegistryClient(ProxySettings.NONE, registry -> true, name -> base, limit);
    }

    private static ImageReference image(String text) throws Exception {
        return ImageReference.parse(text).orElseThrow();
    }

    private void serve(String path, int status, Map<String, String> headers, String body) {
        server.createContext(path, exchange -> answer(exchange, status, headers, body));
    }

    private void answer(HttpExchange exchange, int status, Map<String, String> headers, String body) throws IOException {
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Authorization"));
        headers.forEach(exchange.getResponseHeaders()::set);
        byte[] bytes = body.getBytes(UTF_8);
        boolean bodiless = exchange.getRequestMethod().equals("HEAD") || bytes.length == 0;
        exchange.sendResponseHeaders(status, bodiless ? -1 : bytes.length);
        if (!bodiless) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}
