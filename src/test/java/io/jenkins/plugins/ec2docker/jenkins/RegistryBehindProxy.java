package io.jenkins.plugins.ec2docker.jenkins;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * An image registry as Jenkins reaches it in a company: over TLS, through a proxy. It has a name of the world, {@link #NAME}, a certificate of its
 * own, which this JVM trusts until it is closed, and the tags that it is told.
 */
final class RegistryBehindProxy implements AutoCloseable {
    static final String NAME = "registry.example.com";
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Map<String, String> digests = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SSLContext before = SSLContext.getDefault();
    private final HttpsServer registry;
    private final ServerSocket proxy;

    /** @param directory for its key */
    RegistryBehindProxy(Path directory) throws Exception {
        SSLContext tls = tls(directory.resolve("registry.p12"));
        registry = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.setHttpsConfigurator(new HttpsConfigurator(tls));
        registry.createContext("/v2/", this::manifest);
        registry.start();
        proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
        SSLContext.setDefault(tls);
    }

    /** The proxy's. */
    int port() {
        return proxy.getLocalPort();
    }

    /** From now on a tag stands for a digest of nothing but this digit. @return the digest */
    String moves(String repository, String tag, char digit) {
        String digest = "sha256:" + String.valueOf(digit).repeat(64);
        digests.put("/v2/" + repository + "/manifests/" + tag, digest);
        return digest;
    }

    @Override
    public void close() throws IOException {
        SSLContext.setDefault(before);
        proxy.close();
        registry.stop(0);
        threads.shutdownNow();
    }

    private void manifest(HttpExchange exchange) throws IOException {
        String digest = digests.get(exchange.getRequestURI().getPath());
        if (digest != null) {
            exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
            exchange.getResponseHeaders().set("Content-Type", "application/vnd.oci.image.index.v1+json");
        }
        exchange.sendResponseHeaders(digest == null ? 404 : 200, -1);
        exchange.close();
    }

    private void accept() {
        while (!proxy.isClosed()) {
            try {
                Socket client = proxy.accept();
                threads.execute(() -> tunnel(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** CONNECT to the registry, and to nothing else (RFC 9110, 9.3.6). */
    private void tunnel(Socket client) {
        try (client; Socket server = new Socket(InetAddress.getLoopbackAddress(), registry.getAddress().getPort())) {
            String request = head(client.getInputStream());
            boolean known = request.startsWith("CONNECT " + NAME + ":443 ");
            client.getOutputStream().write(("HTTP/1.1 " + (known ? "200 OK" : "502 Bad Gateway\r\nContent-Length: 0") + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            if (known) {
                threads.execute(() -> copy(client, server));
                copy(server, client);
            }
        } catch (IOException gone) {
            // What the one or the other side has to say about it, its user says.
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException gone) {
            // The other direction ends, too.
        }
    }

    private static SSLContext tls(Path file) throws Exception {
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
                "registry",
                "-keyalg", "EC", "-dname", "CN=" + NAME, "-ext", "SAN=dns:" + NAME, "-validity", "2", "-storetype", "PKCS12",
                "-keystore", file.toString(), "-storepass", new String(PASSWORD)).redirectErrorStream(true).start();
        try (BufferedReader said = new BufferedReader(new InputStreamReader(keytool.getInputStream(), StandardCharsets.UTF_8))) {
            String text = String.join("\n", said.lines().toList());
            if (keytool.waitFor() != 0) {
                throw new IOException("keytool: " + text);
            }
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
