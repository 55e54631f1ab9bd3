package io.jenkins.plugins.ec2docker.bootstrap;

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
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Boots the instances of a moto for real, for {@code Moto.bootedBy}: the user data that moto was given is executed in a {@link Box} for each.
 * Its containers run by the stand-in for Docker: well, unless their image is a broken one. Those that are well answer HTTP on one port of this
 * machine, which is also the proxy by which their public addresses are reached.
 */
public final class BootedInstances implements AutoCloseable {
    private static final Pattern COMPOSE = Pattern.compile("^COMPOSE='([^']+)'$", Pattern.MULTILINE);

    private final Path directory;
    private final MetadataService imds;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, String> broken = new ConcurrentHashMap<>();

    /** Aborts the test, said aloud, where this user may not make a private root. */
    public BootedInstances(Path directory) throws IOException, InterruptedException {
        Box.assumePossible();
        this.directory = directory;
        imds = new MetadataService();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::boot);
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

    /** Containers of an image fail from now on, again and again, and log this. */
    public BootedInstances broken(String image, String log) {
        broken.put(image, log);
        return this;
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
            String console = console(exchange.getRequestURI().getPath().substring(1), userData);
            byte[] answer = console.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String console(String instanceId, byte[] userData) throws IOException, InterruptedException {
        String script = text(userData);
        Path place = Files.createDirectories(directory.resolve(instanceId));
        Box box = new Box(place, imds);
        StringBuilder ids = new StringBuilder();
        StringBuilder looks = new StringBuilder();
        for (Map.Entry<String, String> container : images(script).entrySet()) {
            String log = broken.get(container.getValue());
            ids.append("id-").append(container.getKey()).append('\n');
            looks.append(looks.isEmpty() ? "" : "\n").append('/').append(container.getKey())
                    .append(log == null ? " running 0 0 unless-stopped none" : " restarting 1 10 unless-stopped none");
            if (log != null) {
                box.stub("logs/" + container.getKey(), log);
            }
        }
        return box.stub("ids", ids.toString()).looks(looks.toString()).boot(script).console();
    }

    /** The images of a script's Compose file by the names of their containers. */
    private static Map<String, String> images(String script) throws IOException {
        Matcher compose = COMPOSE.matcher(script);
        if (!compose.find()) {
            throw new IOException("the user data is no boot script");
        }
        Map<String, Object> document =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(text(Base64.getDecoder().decode(compose.group(1))));
        Map<String, String> images = new LinkedHashMap<>();
        ((Map<?, ?>) document.get("services")).forEach((name, service) ->
                images.put(name.toString(), ((Map<?, ?>) service).get("image").toString()));
        return images;
    }

    private static String text(byte[] plainOrGzip) throws IOException {
        boolean gzip = plainOrGzip.length > 2 && plainOrGzip[0] == 0x1f && plainOrGzip[1] == (byte) 0x8b;
        byte[] plain = gzip ? new GZIPInputStream(new ByteArrayInputStream(plainOrGzip)).readAllBytes() : plainOrGzip;
        return new String(plain, StandardCharsets.UTF_8);
    }
}
