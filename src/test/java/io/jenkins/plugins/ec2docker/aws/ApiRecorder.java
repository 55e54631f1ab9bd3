package io.jenkins.plugins.ec2docker.aws;

import io.jenkins.plugins.ec2docker.testing.ApiProxy;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Stands before an AWS and writes down each call, its action named as IAM policies name it. */
public final class ApiRecorder implements AutoCloseable {
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final ApiProxy proxy;

    public ApiRecorder(URI aws) {
        proxy = new ApiProxy(aws, (call, passage) -> {
            calls.add(new Call(call.name(), call.body()));
            passage.answer(passage.forward());
        });
    }

    public URI endpoint() {
        return proxy.endpoint();
    }

    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** @param body as sent: a form or JSON */
    public record Call(String action, String body) {}

    @Override
    public void close() {
        proxy.close();
    }
}
