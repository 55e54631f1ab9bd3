package io.jenkins.plugins.ec2docker.images;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.ec2docker.platform.ProxySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An image registry on this machine that stands for every registry of the world, asked over HTTP by the real {@link RegistryClient}. */
public final class LoopbackRegistry implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, String> digests = new ConcurrentHashMap<>();

    public LoopbackRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v2/", this::manifest);
        server.start();
    }

    public ImageRegistry images() {
        URI here = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new RegistryClient(ProxySettings.NONE, registry -> true, name -> here, Duration.ofSeconds(30));
    }

    /** From now on a tag stands for a digest of nothing but this digit. @return the digest */
    public String moves(String repository, String tag, char digit) {
        String digest = "sha256:" + String.valueOf(digit).repeat(64);
        digests.put("/v2/" + repository + "/manifests/" + tag, digest);
        return digest;
    }

    @Override
    public void close() {
        server.stop(0);
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
}
