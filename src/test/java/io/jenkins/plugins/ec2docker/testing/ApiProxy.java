package io.jenkins.plugins.ec2docker.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands before an AWS; what becomes of each call is in the hand of a test. */
public final class ApiProxy implements AutoCloseable {
    private static final Pattern REGION = Pattern.compile("Credential=[^/]+/[0-9]+/([^/]+)/[^/]+/aws4_request");
    private static final Pattern SERVICE = Pattern.compile("Credential=[^/]+/[0-9]+/[^/]+/([^/]+)/aws4_request");
    private static final Pattern QUERY_ACTION = Pattern.compile("(?:^|&)Action=([A-Za-z]+)");
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "content-length", "host", "transfer-encoding", "expect", "upgrade");

    static {
        // Without it the JDK's server and the kernel wait 40 ms for each other at each answer after a connection's first.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final URI aws;
    private final Hand hand;

    public ApiProxy(URI aws, Hand hand) {
        this.aws = aws;
        this.hand = hand;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /**
     * One call.
     *
     * @param service that the call is signed for, as is the region
     * @param action named as the API names it; for one that a path names, its method and path
     * @param target what names the action in JSON protocols; elsewhere null
     * @param body as sent: a form, XML or JSON
     */
    public record Call(String service, String region, String action, String method, URI uri, @CheckForNull String target, String body) {

        public String name() {
            return service + ":" + action;
        }
    }

    /** @param headers as they came, but for those of the connection */
    public record Answer(int status, Map<String, List<String>> headers, byte[] body) {}

    /** What may be done with a call. */
    public interface Passage {

        /** Lets AWS hear the call. */
        Answer forward() throws IOException, InterruptedException;

        /** Lets the caller hear an answer. One that never hears any sees its connection end. */
        void answer(Answer answer) throws IOException;
    }

    @FunctionalInterface
    public interface Hand {
        void on(Call call, Passage passage) throws IOException, InterruptedException;
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            hand.on(call(exchange, new String(body, StandardCharsets.UTF_8)), new Passage() {
                @Override
                public Answer forward() throws IOException, InterruptedException {
                    return ApiProxy.this.forward(exchange, body);
                }

                @Override
                public void answer(Answer answer) throws IOException {
                    exchange.getResponseHeaders().putAll(answer.headers());
                    exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
                    exchange.getResponseBody().write(answer.body());
                }
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Answer forward(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(aws.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (isEndToEnd(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        HttpResponse<byte[]> answer;
        try {
            answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            // The caller sees its connection end, and nobody would know why.
            System.err.println("AWS gave no answer to " + request.build() + ": " + e);
            throw e;
        }
        Map<String, List<String>> headers = new HashMap<>(answer.headers().map());
        headers.keySet().removeIf(name -> !isEndToEnd(name));
        return new Answer(answer.statusCode(), headers, answer.body());
    }

    private static boolean isEndToEnd(String header) {
        return !OF_THE_CONNECTION.contains(header.toLowerCase(Locale.ROOT));
    }

    private static Call call(HttpExchange exchange, String body) {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String action = target != null
                ? target.substring(target.indexOf('.') + 1)
                : first(QUERY_ACTION, body, exchange.getRequestMethod() + " " + exchange.getRequestURI());
        String signature = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        return new Call(first(SERVICE, signature, "unsigned"), first(REGION, signature, "unsigned"), action, exchange.getRequestMethod(),
                exchange.getRequestURI(), target, body);
    }

    private static String first(Pattern pattern, String text, String otherwise) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : otherwise;
    }
}
