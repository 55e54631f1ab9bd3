package io.jenkins.plugins.ec2docker.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The other end of the wire for answers that moto cannot give: replays prepared ones, the last one for ever, and keeps what was
 * asked. The prepared answers are files under {@code answers/}; each says where its form and wording come from.
 */
public final class AwsWire implements AutoCloseable {
    private final HttpServer server;
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<Map<String, String>> asked = new ArrayList<>();

    public AwsWire() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    public AwsWire then(int status, String body) {
        answers.add(new Answer(status, body));
        return this;
    }

    /** @param name of a file under {@code answers/}: a status on the first line, comments, the body */
    public AwsWire thenRecorded(String name) {
        String text = resource("answers/" + name + ".http");
        int status = Integer.parseInt(text.lines().findFirst().orElseThrow().strip());
        return then(status, text.lines().skip(1).filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n")));
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public AwsSettings settings() {
        return AwsSettings.of("eu-central-1", Map.of("AWS_ENDPOINT_URL", endpoint().toString()))
                .with(new AwsSettings.Patience(1, Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(30)));
    }

    /** The form parameters of each request so far. */
    public synchronized List<Map<String, String>> asked() {
        return List.copyOf(asked);
    }

    public List<String> actions() {
        return asked().stream().map(form -> form.get("Action")).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            Answer answer = answers.size() > 1 ? answers.poll() : answers.peek();
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/xml");
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Map<String, String> form(String body) {
        return Stream.of(body.split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(
                        pair -> URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                        pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static String resource(String name) {
        try (InputStream in = AwsWire.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Answer(int status, String body) {}
}
