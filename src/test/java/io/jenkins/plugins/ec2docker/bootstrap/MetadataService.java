package io.jenkins.plugins.ec2docker.bootstrap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The instance metadata service, version 2 only, by the rules of the EC2 user guide ("Use the Instance Metadata Service"): a token by PUT
 * with a time to live, 401 without a token, 404 for what does not exist. On another path it plays a container that answers HTTP.
 */
final class MetadataService implements AutoCloseable {
    private static final String TOKEN = "AQAEA-token==";
    private static final String MAC = "0a:1b:2c:3d:4e:5f";

    private final HttpServer server;
    private final Map<String, String> values = new ConcurrentHashMap<>(Map.of(
            "instance-id", "i-0123456789abcdef0", "instance-type", "t3.small", "placement/region", "eu-central-1",
            "placement/availability-zone", "eu-central-1a",
            "mac", MAC, "network/interfaces/macs/" + MAC + "/vpc-id", "vpc-0a1b2c", "public-ipv4", "203.0.113.7"));
    private final Deque<Integer> faults = new ArrayDeque<>();
    private final AtomicInteger publicAddressAfter = new AtomicInteger();
    private final AtomicInteger healthStatus = new AtomicInteger(200);
    private final Map<String, Integer> outside = new ConcurrentHashMap<>();
    private volatile String healthRequest = "";

    MetadataService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/latest/", this::metadata);
        server.createContext("/", this::container);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    MetadataService value(String path, String value) {
        values.put(path, value);
        return this;
    }

    MetadataService without(String path) {
        values.remove(path);
        return this;
    }

    /** The next answers have these statuses. */
    synchronized MetadataService faults(int... statuses) {
        for (int status : statuses) {
            faults.add(status);
        }
        return this;
    }

    /** The public address is not there for so many requests. */
    MetadataService publicAddressAfter(int requests) {
        publicAddressAfter.set(requests);
        return this;
    }

    MetadataService health(int status) {
        healthStatus.set(status);
        return this;
    }

    /** What whoever comes by a proxy to this address is answered, which is not the machine of the container. */
    MetadataService outside(String address, int status) {
        outside.put(address, status);
        return this;
    }

    /** Path and query of the latest request to the container. */
    String healthRequest() {
        return healthRequest;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void metadata(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/latest/".length());
        if (!faults.isEmpty()) {
            answer(exchange, faults.remove(), "fault");
        } else if (path.equals("api/token")) {
            boolean asked = exchange.getRequestMethod().equals("PUT") && exchange.getRequestHeaders()
                    .containsKey("X-aws-ec2-metadata-token-ttl-seconds");
            answer(exchange, asked ? 200 : 400, asked ? TOKEN : "Bad Request");
        } else if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token"))) {
            answer(exchange, 401, "Unauthorized");
        } else {
            String name = path.substring("meta-data/".length());
            boolean late = name.equals("public-ipv4") && publicAddressAfter.getAndDecrement() > 0;
            String value = late ? null : values.get(name);
            answer(exchange, value == null ? 404 : 200, value == null ? "Not Found" : value);
        }
    }

    private void container(HttpExchange exchange) throws IOException {
        healthRequest = exchange.getRequestURI().toString();
        boolean byProxy = exchange.getRequestURI().isAbsolute();
        answer(exchange, byProxy ? outside.getOrDefault(exchange.getRequestURI().getHost(), 200) : healthStatus.get(), "container");
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
