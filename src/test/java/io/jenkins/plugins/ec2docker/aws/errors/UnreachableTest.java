package io.jenkins.plugins.ec2docker.aws.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException.Reason;
import io.jenkins.plugins.ec2docker.aws.session.StsCallerIdentityLookup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Everything between this machine and AWS that can be wrong, done for real on the loopback interface. */
class UnreachableTest {
    private static final SessionCredentials USER = SessionCredentials.ofUser("AKIATESTTESTTEST4711", "user-secret");

    @Test
    void an_unknown_name_suggests_region_dns_and_proxy() {
        assertThat(refusal(Map.of("AWS_ENDPOINT_URL", "http://sts.nowhere.invalid")))
                .hasMessage("AWS STS at http://sts.nowhere.invalid cannot be reached: the name \"sts.nowhere.invalid\" is not known."
                        + " Check that the region \"eu-central-1\" exists, that DNS works here, and whether a proxy is needed"
                        + " (HTTPS_PROXY).");
    }

    @Test
    void a_closed_port_is_a_refused_connection() throws IOException {
        String endpoint = "http://127.0.0.1:" + closedPort();

        assertThat(refusal(Map.of("AWS_ENDPOINT_URL", endpoint)))
                .hasMessage("AWS STS at " + endpoint + " cannot be reached: the connection was refused."
                        + " Check the endpoint, the firewall and the proxy.");
    }

    @Test
    void silence_ends_after_the_time_allowed() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThat(refusal(Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:" + silent.getLocalPort())))
                    .hasMessageEndingWith("cannot be reached: no answer came in time. Check the route, the firewall, and whether a"
                            + " proxy is needed (HTTPS_PROXY).");
        }
    }

    @Test
    void an_endpoint_without_tls_is_told_from_a_closed_one() throws IOException {
        try (ServerSocket plain = answering("HTTP/1.1 400 Bad Request")) {
            assertThat(refusal(Map.of("AWS_ENDPOINT_URL", "https://127.0.0.1:" + plain.getLocalPort())))
                    .hasMessageContaining("cannot be reached: no TLS connection could be made (")
                    .hasMessageEndingWith("If a proxy here opens TLS, its certificate must be in the truststore of this Java.");
        }
    }

    @Test
    void a_proxy_that_is_down_is_named_without_its_password() throws IOException {
        int port = closedPort();

        assertThat(refusal(Map.of(
                "AWS_ENDPOINT_URL", "https://sts.eu-central-1.amazonaws.com",
                "HTTPS_PROXY", "http://me:sentinel@127.0.0.1:" + port)))
                .hasMessage("AWS STS at https://sts.eu-central-1.amazonaws.com cannot be reached through the proxy 127.0.0.1:" + port
                        + ": the connection was refused. Check the endpoint, the firewall and the proxy.");
    }

    @Test
    void a_proxy_that_wants_a_password_says_so() throws IOException {
        assertThat(throughProxyAnswering("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\""))
                .hasMessageContaining(": the proxy wants a user and a password.");
    }

    @Test
    void a_proxy_that_forbids_aws_says_so() throws IOException {
        assertThat(throughProxyAnswering("HTTP/1.1 403 Forbidden"))
                .hasMessageContaining(": the proxy refuses to pass the call on.");
    }

    @Test
    void an_endpoint_in_no_proxy_is_asked_directly() throws IOException {
        int proxy = closedPort();
        Map<String, String> environment = new HashMap<>(Map.of("HTTP_PROXY", "http://127.0.0.1:" + proxy));
        environment.put("AWS_ENDPOINT_URL", "http://sts.nowhere.invalid");
        assertThat(refusal(environment)).hasMessageContaining("through the proxy 127.0.0.1:" + proxy);

        environment.put("NO_PROXY", "nowhere.invalid");
        assertThat(refusal(environment)).hasMessageContaining("the name \"sts.nowhere.invalid\" is not known");
    }

    @Test
    void an_interrupted_caller_is_not_told_a_story_about_the_network() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.currentThread().interrupt();
            AwsException refusal = refusal(Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:" + silent.getLocalPort()), Reason.INTERRUPTED);

            assertThat(refusal).hasMessageEndingWith(" was interrupted.");
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    private static AwsException throughProxyAnswering(String answer) throws IOException {
        try (ServerSocket proxy = answering(answer)) {
            return refusal(Map.of(
                    "AWS_ENDPOINT_URL", "https://sts.eu-central-1.amazonaws.com",
                    "HTTPS_PROXY", "http://127.0.0.1:" + proxy.getLocalPort()));
        }
    }

    /** Whatever is said to it, it has one answer. */
    private static ServerSocket answering(String answer) throws IOException {
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        byte[] bytes = (answer + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket call = server.accept()) {
                    call.getInputStream().read(new byte[8192]);
                    call.getOutputStream().write(bytes);
                } catch (IOException e) {
                    // The caller hung up, or the test is over.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private static AwsException refusal(Map<String, String> environment) {
        AwsException refusal = refusal(environment, Reason.UNREACHABLE);
        assertThat(refusal.passing()).isTrue();
        return refusal;
    }

    private static AwsException refusal(Map<String, String> environment, Reason reason) {
        AwsSettings settings = AwsSettings.of("eu-central-1", environment)
                .with(new AwsSettings.Patience(1, Duration.ofMillis(500), Duration.ofMillis(300), Duration.ofSeconds(5)));
        AwsException refusal = catchThrowableOfType(AwsException.class, () -> new StsCallerIdentityLookup(settings).check(USER));
        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).as(refusal.toString()).isEqualTo(reason);
        return refusal;
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
