package io.jenkins.plugins.ec2docker.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.session.StsCallerIdentityLookup;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** In a JVM of its own, because Java reads at start whether it may answer an HTTPS proxy with a password. */
class ProxyAuthenticatorTest {
    /** {@code me:sentinel} in base64. */
    private static final String PASSWORD = "Basic bWU6c2VudGluZWw=";

    @Test
    void the_password_goes_to_the_proxy_and_not_through_it_to_aws() throws Exception {
        List<String> toProxy = new CopyOnWriteArrayList<>();
        List<String> throughProxy = new CopyOnWriteArrayList<>();
        try (ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> {
                while (!proxy.isClosed()) {
                    try (Socket call = proxy.accept()) {
                        serve(call, toProxy, throughProxy);
                    } catch (IOException e) {
                        // The caller hung up, or the test is over.
                    }
                }
            });
            thread.setDaemon(true);
            thread.start();

            Process caller = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Djdk.http.auth.tunneling.disabledSchemes=",
                    "-cp", System.getProperty("java.class.path"),
                    Caller.class.getName(),
                    "http://me:sentinel@127.0.0.1:" + proxy.getLocalPort())
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(caller.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(caller.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(printed).contains("through the proxy 127.0.0.1").doesNotContain("sentinel");
            assertThat(toProxy).hasSize(2).allMatch(request -> request.startsWith("CONNECT sts.eu-central-1.amazonaws.com:443 "));
            assertThat(toProxy.get(0)).doesNotContain(PASSWORD);
            assertThat(toProxy.get(1)).contains(PASSWORD);
            assertThat(throughProxy).isNotEmpty().noneMatch(bytes -> bytes.contains("bWU6"));
        }
    }

    private static void serve(Socket call, List<String> toProxy, List<String> throughProxy) throws IOException {
        byte[] buffer = new byte[16384];
        InputStream in = call.getInputStream();
        for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
            String request = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
            if (!request.startsWith("CONNECT")) {
                // The beginning of TLS; a test's proxy has no AWS behind it.
                throughProxy.add(request);
                return;
            }
            toProxy.add(request);
            call.getOutputStream().write((request.contains(PASSWORD)
                    ? "HTTP/1.1 200 Connection established\r\n\r\n"
                    : "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"company\"\r\n"
                            + "Content-Length: 0\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /** The process that asks. */
    static final class Caller {
        private Caller() {}

        public static void main(String[] proxy) {
            AwsSettings settings = AwsSettings.of("eu-central-1", Map.of(
                    "AWS_ENDPOINT_URL", "https://sts.eu-central-1.amazonaws.com", "HTTPS_PROXY", proxy[0]));
            AwsSettings.Patience usual = settings.patience();
            AwsSettings once = settings.with(
                    new AwsSettings.Patience(1, usual.connectTimeout(), usual.answerTimeout(), usual.callTimeout()));
            try {
                new StsCallerIdentityLookup(once).check(SessionCredentials.ofUser("AKIATESTTESTTEST4711", "user-secret"));
            } catch (AwsException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
