package io.jenkins.plugins.ec2docker.images;

import io.jenkins.plugins.ec2docker.platform.ErrorMessage;
import io.jenkins.plugins.ec2docker.request.values.ImageReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Finds out what a request's images are pinned to: all registries at the same time, within one limit, and never at the price of the run.
 *
 * <p>What a registry does not tell now stays as the deployment has it: a registry that is away must not replace an instance.
 */
public final class DigestResolver {

    public static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int AT_ONCE = 8;

    private final ImageRegistry registry;
    private final Duration limit;
    private final Consumer<String> notes;

    /** @param notes is told once, in one sentence, which images are not what their tags stand for now */
    public DigestResolver(ImageRegistry registry, Duration limit, Consumer<String> notes) {
        this.registry = registry;
        this.limit = limit;
        this.notes = notes;
    }

    /** @param earlier what the deployment runs now */
    public ImageDigests pins(List<ImageReference> images, ImageDigests earlier) throws InterruptedException {
        Map<String, String> digests = new TreeMap<>();
        List<String> open = new ArrayList<>();
        ask(images).forEach((image, answer) -> {
            String known = earlier.digests().get(image.canonical());
            if (answer.digest() != null) {
                digests.put(image.canonical(), answer.digest());
            } else {
                open.add(image + (known == null ? " stays with its tag" : " stays with the digest it has") + ", for " + answer.reason());
                if (known != null) {
                    digests.put(image.canonical(), known);
                }
            }
        });
        if (!open.isEmpty()) {
            notes.accept("Not every image could be pinned to what its tag stands for now: " + String.join("; ", open) + ".");
        }
        return new ImageDigests(digests);
    }

    private Map<ImageReference, ImageRegistry.Answer> ask(List<ImageReference> images) throws InterruptedException {
        Map<ImageReference, ImageRegistry.Answer> answers = new LinkedHashMap<>();
        if (images.isEmpty()) {
            return answers;
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, images.size()), task -> {
            Thread thread = new Thread(task, "ec2-docker image pins");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Callable<ImageRegistry.Answer>> questions = new ArrayList<>();
            images.forEach(image -> questions.add(() -> registry.digest(image)));
            List<Future<ImageRegistry.Answer>> told = threads.invokeAll(questions, limit.toMillis(), TimeUnit.MILLISECONDS);
            for (int i = 0; i < images.size(); i++) {
                answers.put(images.get(i), answer(told.get(i)));
            }
        } finally {
            threads.shutdownNow();
        }
        return answers;
    }

    private ImageRegistry.Answer answer(Future<ImageRegistry.Answer> told) throws InterruptedException {
        try {
            return told.get();
        } catch (CancellationException e) {
            return ImageRegistry.Answer.none("its registry gave no answer within " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            return ImageRegistry.Answer.none("its registry could not be asked (" + ErrorMessage.sentence(e.getCause()) + ")");
        }
    }
}
