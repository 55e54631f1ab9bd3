package io.jenkins.plugins.ec2docker.bootstrap;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;

/**
 * Boots the instances of a moto for real, for {@code Moto.bootedBy}: the user data that moto was given is executed in a {@link Box} for
 * each, and so is what Systems Manager sends it. Its containers run by the stand-in for Docker: well, unless their image is a broken one.
 * Those that are well answer HTTP on one port of this machine, which is also the proxy by which their public addresses are reached.
 */
public final class BootedInstances implements AutoCloseable {
    private final Path directory;
    private final MetadataService imds;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, String> broken = new ConcurrentHashMap<>();
    private final Set<String> missing = ConcurrentHashMap.newKeySet();
    private final Map<String, Box> boxes = new ConcurrentHashMap<>();
    private final AtomicInteger commands = new AtomicInteger();

    /** Aborts the test, said aloud, where this user may not make a private root. */
    public BootedInstances(Path directory) throws IOException, InterruptedException {
        Box.assumePossible();
        this.directory = directory;
        imds = new MetadataService();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::boot);
        server.createContext("/commands/", this::command);
        server.start();
    }

    /** For {@code Moto.bootedBy}. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The port that a request has to publish for its health to be asked. */
    public int port() {
        return imds.port();
    }

    /** What the engine needs in its environment to reach the containers by the instances' public addresses. */
    public Map<String, String> environment() {
        return Map.of("HTTP_PROXY", "http://127.0.0.1:" + port(), "NO_PROXY", "127.0.0.1");
    }

    /** Containers of an image fail from now on, again and again, and log this, as every container of that name does. */
    public BootedInstances broken(String image, String log) {
        broken.put(image, log);
        return this;
    }

    /** An image that no registry has. */
    public BootedInstances missing(String image) {
        missing.add(image);
        return this;
    }

    /** What the containers answer at a public address; on their own machine they are well. */
    public void answersOutside(String address, int status) {
        imds.outside(address, status);
    }

    /** What runs on an instance: each container and its image, one a line. */
    public String running(String instanceId) throws IOException {
        return Files.readString(boxes.get(instanceId).file("/stub/running"));
    }

    /** A file of an instance. */
    public String file(String instanceId, String path) throws IOException {
        return Files.readString(boxes.get(instanceId).file(path));
    }

    /** The calls of its stand-ins that begin so. */
    public List<String> calls(String instanceId, String beginning) throws IOException {
        return boxes.get(instanceId).calls(beginning);
    }

    /** Pulls on this instance wait from now on until somebody writes into this pipe. */
    public Path holdPulls(String instanceId) throws IOException, InterruptedException {
        return boxes.get(instanceId).gate("pull-gate");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        imds.close();
    }

    private void boot(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] userData = exchange.getRequestBody().readAllBytes();
            Box box = new Box(Files.createDirectories(directory.resolve(last(exchange))), imds).live();
            boxes.put(last(exchange), box);
            prepare(box);
            answer(exchange, box.boot(text(userData)).console());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As the agent of Systems Manager. */
    private void command(HttpExchange exchange) throws IOException {
        try (exchange) {
            Box box = boxes.get(last(exchange));
            prepare(box);
            String line = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Box.Boot end = box.command("command-" + commands.incrementAndGet(), line);
            answer(exchange, new ObjectMapper().writeValueAsString(
                    Map.of("exit", end.exit(), "output", end.output(), "errors", end.errors())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void prepare(Box box) throws IOException {
        box.stub("broken", String.join("\n", broken.keySet()) + "\n").stub("missing", String.join("\n", missing) + "\n");
        box.stub("logs/web", String.join("\n", broken.values()) + "\n");
    }

    private static String last(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] answer = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
    }

    private static String text(byte[] plainOrGzip) throws IOException {
        boolean gzip = plainOrGzip.length > 2 && plainOrGzip[0] == 0x1f && plainOrGzip[1] == (byte) 0x8b;
        byte[] plain = gzip ? new GZIPInputStream(new ByteArrayInputStream(plainOrGzip)).readAllBytes() : plainOrGzip;
        return new String(plain, StandardCharsets.UTF_8);
    }
}
