package io.jenkins.plugins.ec2docker.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ec2docker.testing.ApiProxy.Answer;
import io.jenkins.plugins.ec2docker.testing.ApiProxy.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** Stands before an AWS and writes down each call with its answer, in the order of the answers. */
public final class RecordedCalls implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Queue<Recorded> calls = new ConcurrentLinkedQueue<>();
    private final Map<String, String> environment;
    private final ApiProxy proxy;

    public RecordedCalls(Moto moto) {
        proxy = new ApiProxy(moto.endpoint(), (call, passage) -> {
            Answer answer = passage.forward();
            calls.add(new Recorded(call, answer.status(), new String(answer.body(), StandardCharsets.UTF_8)));
            passage.answer(answer);
        });
        environment = new HashMap<>(moto.environment());
        environment.put("AWS_ENDPOINT_URL", proxy.endpoint().toString());
    }

    /** With which Terraform and the product call here. */
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    public URI endpoint() {
        return proxy.endpoint();
    }

    public List<Recorded> calls() {
        return List.copyOf(calls);
    }

    /** All of them as {@code src/test/iam/wire.py} reads them. */
    String lines() {
        return calls.stream().map(Recorded::line).collect(Collectors.joining("\n"));
    }

    /** Writes them to a file, as {@code src/test/iam/wire.py} reads them. */
    public void save(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, lines());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param answer the body of the answer */
    public record Recorded(Call call, int status, String answer) {

        private String line() {
            ObjectNode line = JSON.createObjectNode();
            line.put("service", call.service()).put("region", call.region()).put("method", call.method()).put("uri", call.uri().toString())
                    .put("target", call.target()).put("body", call.body()).put("status", status).put("answer", answer);
            return line.toString();
        }
    }

    @Override
    public void close() {
        proxy.close();
    }
}
