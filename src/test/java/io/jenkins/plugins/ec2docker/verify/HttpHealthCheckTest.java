package io.jenkins.plugins.ec2docker.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.ec2docker.platform.ProxySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpHealthCheckTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({"200, true", "204, true", "301, true", "302, true", "404, false", "401, false", "500, false", "503, false"})
    void two_and_three_hundreds_are_healthy(int status, boolean healthy) throws Exception {
        serve("/ready", status);

        HealthCheck.Reading seen = look(url("/ready"));

        assertThat(seen.healthy()).isEqualTo(healthy);
        assertThat(seen.reason()).isEqualTo(url("/ready") + " answers HTTP " + status + ".");
    }

    @Test
    void a_redirect_is_not_followed() throws Exception {
        server.createContext("/from", exchange -> {
            exchange.getResponseHeaders().add("Location", url("/to").toString());
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        serve("/to", 500);

        assertThat(look(url("/from")).healthy()).isTrue();
    }

    @Test
    void a_page_without_end_is_healthy_as_soon_as_it_begins() throws Exception {
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[100_000]);
            exchange.getResponseBody().flush();
        });

        assertThat(look(url("/endless")).healthy()).isTrue();
    }

    @Test
    void nobody_listening_is_said_in_a_sentence() throws Exception {
        URI closed = url("/");
        server.stop(0);

        assertThat(look(closed))
                .isEqualTo(new HealthCheck.Reading(false, closed + " refuses the connection; nothing listens on the port yet."));
    }

    @Test
    void silence_ends_at_the_limit() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");
            HealthCheck.Reading seen = new HttpHealthCheck(ProxySettings.NONE).look(url, Duration.ofSeconds(1));

            assertThat(seen).isEqualTo(new HealthCheck.Reading(false, url + " gave no answer within 1 s; the port may be closed to"
                    + " this machine (network.ingressCidrs, route, proxy) or the container still starting."));
        }
    }

    @Test
    void a_container_that_speaks_no_http_is_said_in_a_sentence() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread greeter = new Thread(() -> {
                while (!other.isClosed()) {
                    try (Socket call = other.accept()) {
                        call.getOutputStream().write("SSH-2.0-OpenSSH_9.6\r\n".getBytes(StandardCharsets.US_ASCII));
                    } catch (IOException e) {
                        // The caller hung up, or the test is over.
                    }
                }
            });
            greeter.setDaemon(true);
            greeter.start();
            URI url = URI.create("http://127.0.0.1:" + other.getLocalPort() + "/");

            HealthCheck.Reading seen = look(url);

            assertThat(seen.healthy()).isFalse();
            assertThat(seen.reason()).startsWith(url + " broke the connection off before an answer was complete (");
        }
    }

    @Test
    void the_environments_proxy_is_used() throws Exception {
        serve("/", 204);
        ProxySettings proxy = ProxySettings.of(Map.of("HTTP_PROXY", url("/").toString()));

        assertThat(new HttpHealthCheck(proxy).look(URI.create("http://shop.nowhere.invalid/"), LIMIT))
                .isEqualTo(new HealthCheck.Reading(true, "http://shop.nowhere.invalid/ answers HTTP 204."));
    }

    @Test
    void a_proxys_password_is_given_to_the_proxy() throws Exception {
        server.createContext("/", exchange -> {
            String given = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
            exchange.getResponseHeaders().add("Proxy-Authenticate", "Basic realm=\"company\"");
            // "me:p:w" in base64.
            exchange.sendResponseHeaders("Basic bWU6cDp3".equals(given) ? 204 : 407, -1);
            exchange.close();
        });
        String address = url("").toString().replace("http://", "http://me:p%3Aw@");

        assertThat(new HttpHealthCheck(ProxySettings.of(Map.of("HTTP_PROXY", address)))
                .look(URI.create("http://shop.nowhere.invalid/"), LIMIT)
                .healthy())
                .isTrue();
    }

    private static HealthCheck.Reading look(URI url) throws InterruptedException {
        return new HttpHealthCheck(ProxySettings.NONE).look(url, LIMIT);
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private void serve(String path, int status) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }
}
