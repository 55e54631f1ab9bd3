package io.jenkins.plugins.ec2docker.images;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.blueprint.RenderedWorkspace;
import io.jenkins.plugins.ec2docker.blueprint.spec.Generation;
import io.jenkins.plugins.ec2docker.platform.Encryption;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.request.parse.RequestWriter;
import io.jenkins.plugins.ec2docker.run.RunImageDigests;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which digest an image of a run gets, whatever its registry does. */
class ImageDigestsTest {
    private static final String A = "sha256:" + "a".repeat(64);
    private static final String B = "sha256:" + "b".repeat(64);
    private static final String OWN = "sha256:" + "c".repeat(64);
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final String REQUEST = """
            name: web
            region: eu-central-1
            instanceType: t3.small
            containers:
              - image: nginx:1.27
              - image: ghcr.io/acme/app
              - image: redis:7@%s
            """.formatted(OWN);

    private final List<String> notes = new ArrayList<>();

    @TempDir
    Path directory;

    @Test
    void images_are_rendered_with_tag_and_digest_and_one_that_has_a_digest_as_it_is() throws Exception {
        ProvisionRequest pinned = pins(image -> ImageRegistry.Answer.of(A), ImageDigests.NONE).applied(request());

        assertThat(pinned.containers()).extracting(container -> container.image().text())
                .containsExactly("nginx:1.27@" + A, "ghcr.io/acme/app:latest@" + A, "redis:7@" + OWN);
        assertThat(RequestParser.parse(RequestWriter.of(pinned)).orElseThrow()).isEqualTo(pinned);
        RenderedWorkspace rendered = RenderedWorkspace.ofNew(pinned, null, "web-1", "r1");
        assertThat(new String(rendered.files().contents().get("bootstrap/docker-compose.yml"), UTF_8)).contains("nginx:1.27@" + A);
        assertThat(notes).isEmpty();
    }

    @Test
    void a_registry_that_is_away_leaves_what_the_deployment_has_and_says_so_once() throws Exception {
        ImageDigests earlier = new ImageDigests(Map.of("docker.io/library/nginx:1.27", B));

        ImageDigests pins = pins(image -> ImageRegistry.Answer.none("it cannot be reached"), earlier);

        assertThat(pins).isEqualTo(earlier);
        assertThat(notes).containsExactly("Not every image could be pinned to what its tag stands for now: nginx:1.27 stays with the digest"
                + " it has, for it cannot be reached; ghcr.io/acme/app stays with its tag, for it cannot be reached.");
    }

    @Test
    void a_tag_that_stands_for_something_else_now_is_a_change() throws Exception {
        ImageDigests earlier = new ImageDigests(Map.of("docker.io/library/nginx:1.27", B));

        assertThat(pins(image -> ImageRegistry.Answer.of(A), earlier).digests()).containsEntry("docker.io/library/nginx:1.27", A);
    }

    @Test
    void the_digest_of_one_image_is_never_given_to_another() throws Exception {
        ImageDigests earlier = new ImageDigests(Map.of("docker.io/library/nginx:1.26", B));

        assertThat(pins(image -> ImageRegistry.Answer.none("it is away"), earlier)).isEqualTo(ImageDigests.NONE);
    }

    @Test
    void registries_are_asked_at_the_same_time() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        ImageDigests pins = pins(image -> {
            both.countDown();
            return both.await(30, TimeUnit.SECONDS) ? ImageRegistry.Answer.of(A) : ImageRegistry.Answer.none("it was asked alone");
        }, ImageDigests.NONE);

        assertThat(pins.digests()).hasSize(2);
    }

    @Test
    void a_registry_that_hangs_or_breaks_never_fails_the_run() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        ImageRegistry registry = image -> {
            if (image.text().startsWith("nginx")) {
                never.await();
            }
            throw new IllegalStateException("broken");
        };

        ImageDigests pins =
                new DigestResolver(registry, Duration.ofSeconds(1), notes::add).pins(ImageDigests.pinnable(request()), ImageDigests.NONE);

        assertThat(pins).isEqualTo(ImageDigests.NONE);
        assertThat(notes).singleElement().asString().contains("nginx:1.27").contains("within 1 s").contains("broken");
    }

    @Test
    void whoever_takes_a_run_up_renders_what_it_began_with_and_the_next_run_knows_it() throws Exception {
        DeploymentStore store = new DeploymentStore(directory, Encryption.NONE);
        Deployment fresh = Deployment.begin("web", "web-1", "instance", "eu-central-1", "alice", NOW);
        ProvisionRequest first = runPins(store, image -> ImageRegistry.Answer.of(A)).pinned(fresh, request(), "r1");

        assertThat(runPins(store, image -> ImageRegistry.Answer.of(B)).pinned(fresh, request(), "r1")).isEqualTo(first);

        Deployment applied = fresh.applying("r1", new Generation("digest", "r1"), null, NOW);
        assertThat(runPins(store, image -> ImageRegistry.Answer.none("it is away")).pinned(applied, request(), "r2")).isEqualTo(first);
        assertThat(runPins(store, image -> ImageRegistry.Answer.of(B)).pinned(applied, request(), "r3")).isNotEqualTo(first);
    }

    @Test
    void pinning_can_be_switched_off() throws Exception {
        DeploymentStore store = new DeploymentStore(directory, Encryption.NONE);
        RunSettings off = new RunSettings(
                null, null, Map.of("EC2_DOCKER_PIN_IMAGES", "false"), Guardrails.UNRESTRICTED, 5, Duration.ofMinutes(1), "alice");
        Deployment fresh = Deployment.begin("web", "web-1", "instance", "eu-central-1", "alice", NOW);

        assertThat(RunImageDigests.of(store, off, notes::add).pinned(fresh, request(), "r1")).isEqualTo(request());
        assertThat(notes).isEmpty();
    }

    private RunImageDigests runPins(DeploymentStore store, ImageRegistry registry) {
        return new RunImageDigests(store, new DigestResolver(registry, Duration.ofSeconds(30), notes::add));
    }

    private ImageDigests pins(ImageRegistry registry, ImageDigests earlier) throws Exception {
        return new DigestResolver(registry, Duration.ofSeconds(40), notes::add).pins(ImageDigests.pinnable(request()), earlier);
    }

    private static ProvisionRequest request() throws Exception {
        return RequestParser.parse(DocumentReader.read(REQUEST, DocumentReader.Format.YAML)).orElseThrow();
    }
}
