package io.jenkins.plugins.ec2docker.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.ec2docker.bootstrap.Box.Boot;
import io.jenkins.plugins.ec2docker.request.model.Container;
import io.jenkins.plugins.ec2docker.request.model.HealthEndpoint;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.model.RestartPolicy;
import io.jenkins.plugins.ec2docker.request.values.ImageReference;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a redeployment does on an instance that has booted {@code nginx:1.27}, really executed. */
class RedeploymentTest extends InABox {
    private static final String COMPOSE =
            "docker compose --project-name app --project-directory /opt/app --file /opt/app/docker-compose.yml";
    private static final String UP = COMPOSE + " up";

    @BeforeEach
    void serve() throws Exception {
        box.withDocker().live();
        assertThat(boot(request("nginx:1.27"))).isEqualTo("ready");
        assertThat(running()).isEqualTo("web nginx:1.27\n");
    }

    @Test
    void the_new_image_is_pulled_before_the_container_is_changed() throws Exception {
        Boot end = redeploy("nginx:1.28", 2);

        assertThat(BootStatus.of(end.output(), "r-2").state()).as(end.output() + end.errors()).isEqualTo(BootStatus.State.READY);
        assertThat(end.exit()).isZero();
        assertThat(running()).isEqualTo("web nginx:1.28\n");
        assertThat(file("docker-compose.yml")).isEqualTo(compose("nginx:1.28"));
        assertThat(file("docker-compose.yml.before")).isEqualTo(compose("nginx:1.27"));
        assertThat(Files.getPosixFilePermissions(box.file("/opt/app/docker-compose.yml"))).hasSize(2);
        assertThat(box.file("/opt/app/docker-compose.yml.next")).doesNotExist();
        assertThat(box.calls(COMPOSE)).containsSubsequence(COMPOSE + ".next pull --quiet", UP + " --detach --no-build --remove-orphans");
    }

    @Test
    void a_pull_that_fails_leaves_the_containers_untouched() throws Exception {
        box.stub("missing", "nginx:nope\n");
        int ups = box.calls(UP).size();

        Boot end = redeploy("nginx:nope", 2);

        assertThat(BootStatus.of(end.output(), "r-2").detail())
                .isEqualTo("pulling images: docker compose pull failed 3 times: Error response "
                        + "from daemon: manifest for nginx:nope not found: manifest unknown");
        assertThat(end.exit()).isOne();
        assertThat(box.calls(UP)).hasSize(ups);
        assertThat(box.calls("docker")).noneMatch(call -> call.matches(".* (stop|down|rm|kill|restart)( .*)?"));
        assertThat(running()).isEqualTo("web nginx:1.27\n");
        assertThat(file("docker-compose.yml")).isEqualTo(compose("nginx:1.27"));
        assertThat(box.file("/opt/app/docker-compose.yml.next")).doesNotExist();
    }

    @Test
    void a_container_that_does_not_get_well_is_named_and_gives_way_to_the_one_before_it() throws Exception {
        box.stub("broken", "nginx:bad\n").stub("logs/web", "no such module\nec2-docker: ready (run r-2)\n");

        Boot end = redeploy("nginx:bad", 2);

        assertThat(BootStatus.of(end.output(), "r-2"))
                .isEqualTo(new BootStatus(BootStatus.State.FAILED, "container web restarted 10 times, last with code 1"));
        assertThat(end.output()).contains("ec2-docker: web| no such module\n", "ec2-docker: bringing the containers before these back");
        assertThat(end.errors()).contains("ec2-docker: failed: container web restarted 10 times, last with code 1 (run r-2)\n");
        assertThat(running()).isEqualTo("web nginx:1.27\n");
        assertThat(file("docker-compose.yml")).isEqualTo(compose("nginx:1.27"));
    }

    @Test
    void containers_that_cannot_be_started_give_way_too() throws Exception {
        box.stub("up-error", "Error response from daemon: port is already allocated\n");

        Boot end = redeploy("nginx:1.28", 2);

        assertThat(BootStatus.of(end.output(), "r-2").detail())
                .isEqualTo("starting containers: docker compose up failed: Error response from daemon: port is already allocated");
        assertThat(file("docker-compose.yml")).isEqualTo(compose("nginx:1.27"));
        assertThat(box.calls(UP)).hasSize(3);
    }

    @Test
    void the_health_address_must_answer() throws Exception {
        imds.health(503);
        ProvisionRequest wanted = new Wanted("nginx:1.28", new HealthEndpoint(imds.port(), "/up", Duration.ofSeconds(10))).request();

        Boot end = box.command("r-2", new RedeployScript(wanted, "r-2", 2, true).command());

        assertThat(BootStatus.of(end.output(), "r-2").detail()).contains("the health address of the request does not answer");
        assertThat(running()).isEqualTo("web nginx:1.27\n");
    }

    @Test
    void what_is_brought_back_needs_no_registry() throws Exception {
        redeploy("nginx:1.28", 2);
        box.stub("missing", "nginx:1.27\n");

        Boot end = box.command("r-2-back", new RedeployScript(request("nginx:1.27"), "r-2-back", 3, false).command());

        assertThat(BootStatus.of(end.output(), "r-2-back").state()).isEqualTo(BootStatus.State.READY);
        assertThat(running()).isEqualTo("web nginx:1.27\n");
    }

    @Test
    void done_again_after_it_was_cut_off_it_comes_to_the_same_and_knows_what_was_before() throws Exception {
        redeploy("nginx:1.28", 2);
        box.stub("broken", "nginx:1.28\n").stub("logs/web", "");

        Boot end = redeploy("nginx:1.28", 3);

        assertThat(BootStatus.of(end.output(), "r-3").detail()).startsWith("container web restarted");
        assertThat(box.calls("docker image rm")).isEmpty();
        assertThat(running()).isEqualTo("web nginx:1.27\n");
    }

    @Test
    void images_that_nobody_goes_back_to_are_cleared_away() throws Exception {
        redeploy("nginx:1.28", 2);
        assertThat(box.calls("docker image rm")).isEmpty();

        redeploy("nginx:1.29", 3);

        assertThat(box.calls("docker image rm")).containsExactly("docker image rm nginx:1.27");
    }

    @Test
    void of_two_at_the_same_time_the_later_one_has_its_way_and_they_never_overlap() throws Exception {
        Path gate = box.gate("pull-gate");
        CompletableFuture<Boot> first = CompletableFuture.supplyAsync(() -> unchecked(() -> redeploy("nginx:1.28", 2)));
        // Opens once the first one's pull is there to read.
        try (OutputStream held = Files.newOutputStream(gate)) {
            Files.delete(gate);

            Boot second = redeploy("nginx:1.29", 3);

            assertThat(BootStatus.of(second.output(), "r-3").state()).as(second.output() + second.errors())
                    .isEqualTo(BootStatus.State.READY);
        }
        Boot stopped = first.get(1, TimeUnit.MINUTES);
        assertThat(BootStatus.of(stopped.output(), "r-2")).isEqualTo(new BootStatus(BootStatus.State.FAILED,
                "pulling images: stopped by a signal"));
        assertThat(running()).isEqualTo("web nginx:1.29\n");
        assertThat(box.calls(UP)).hasSize(2);
    }

    @Test
    void one_that_arrives_late_does_nothing() throws Exception {
        redeploy("nginx:1.29", 3);

        Boot late = redeploy("nginx:1.28", 2);

        assertThat(BootStatus.of(late.output(), "r-2").detail()).isEqualTo("a later redeployment has been made");
        assertThat(running()).isEqualTo("web nginx:1.29\n");
    }

    @Test
    void all_but_the_images_stays_byte_for_byte_and_none_of_it_is_in_the_command() throws Exception {
        Container web = Requests.container("web", Map.of("PASSWORD",
                "it's $HOME's \"s3cret\"\n    \"image\": \"no\"\n  \"db\":\n\\ \u0085é"),
                List.of("sh", "-c", "echo \"image\""), RestartPolicy.NO, null);
        Container db = Requests.container("db").withImage(image("registry.example.com:5000/a/db:2@sha256:" + "0".repeat(64)));
        boot(Requests.of(web, db));
        ProvisionRequest wanted = Requests.of(web.withImage(image("nginx:1.28@sha256:" + "1".repeat(64))), db.withImage(image("db")));

        RedeployScript redeployment = new RedeployScript(wanted, "r-2", 2, true);

        assertThat(redeployment.script()).doesNotContain("s3cret");
        assertThat(box.command("r-2", redeployment.command()).output()).contains("ec2-docker: ready (run r-2)");
        assertThat(file("docker-compose.yml")).isEqualTo(new String(compose(wanted), StandardCharsets.UTF_8)).contains("s3cret");
    }

    @Test
    void a_compose_file_of_other_containers_is_left_alone() throws Exception {
        ProvisionRequest other = Requests.of(Requests.container("web"), Requests.container("db"));

        Boot end = box.command("r-2", new RedeployScript(other, "r-2", 2, true).command());

        assertThat(BootStatus.of(end.output(), "r-2").detail())
                .endsWith("/opt/app/docker-compose.yml has other containers than were expected");
        assertThat(file("docker-compose.yml")).isEqualTo(compose("nginx:1.27"));
    }

    @Test
    void the_line_holds_no_text_of_a_user() throws Exception {
        ProvisionRequest wanted = request("nginx:1.28");

        String line = new RedeployScript(wanted, "r-2", 2, true).command();

        assertThat(line).matches("exec bash -c \"\\$\\(printf %s '[A-Za-z0-9+/=]+' \\| base64 -d \\| gzip -dc\\)\"")
                .hasSizeLessThan(10_000);
        assertThatThrownBy(() -> new RedeployScript(wanted, "r 2", 2, true)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shellcheck_finds_nothing_in_the_script() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/shellcheck")),
                "SKIPPED, NOT PASSED: shellcheck is not installed (apt-get install shellcheck)");
        Path script = Files.writeString(box.file("/redeploy-source.sh"), new RedeployScript(request("a"), "r", 1, true).script());
        Process process = new ProcessBuilder("/usr/bin/shellcheck", "--shell=bash", "--severity=warning", script.toString())
                .redirectErrorStream(true).start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
    }

    private Boot redeploy(String image, int turn) throws Exception {
        String mark = "r-" + turn;
        return box.command(mark, new RedeployScript(request(image), mark, turn, true).command());
    }

    private static ProvisionRequest request(String image) throws Exception {
        return new Wanted(image, null).request();
    }

    private record Wanted(String image, HealthEndpoint health) {
        ProvisionRequest request() throws Exception {
            return Requests.of(health, false, Requests.container("web").withImage(RedeploymentTest.image(image)));
        }
    }

    private static ImageReference image(String text) throws Exception {
        return ImageReference.parse(text).orElseThrow();
    }

    private static byte[] compose(ProvisionRequest request) throws Exception {
        return Bootstrap.render(new BootstrapInput(request, null, "r-1")).composeYaml().getBytes(StandardCharsets.UTF_8);
    }

    private static String compose(String image) throws Exception {
        return new String(compose(request(image)), StandardCharsets.UTF_8);
    }

    private String file(String name) throws Exception {
        return Files.readString(box.file("/opt/app/" + name));
    }

    private String running() throws Exception {
        return Files.readString(box.file("/stub/running"));
    }

    private interface Attempt {
        Boot make() throws Exception;
    }

    private static Boot unchecked(Attempt attempt) {
        try {
            return attempt.make();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
