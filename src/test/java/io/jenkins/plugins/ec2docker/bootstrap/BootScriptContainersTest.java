package io.jenkins.plugins.ec2docker.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.bootstrap.Box.Boot;
import io.jenkins.plugins.ec2docker.request.model.Container;
import io.jenkins.plugins.ec2docker.request.model.HealthEndpoint;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the boot script starts the containers and judges them. A look: name, state, exit code, restarts, policy, health. */
class BootScriptContainersTest extends InABox {
    private static final String WELL = "/web running 0 0 unless-stopped none";

    @BeforeEach
    void docker() throws IOException {
        box.withDocker();
    }

    @Test
    void a_pull_that_fails_twice_is_tried_a_third_time() throws Exception {
        box.pullErrors("net/http: TLS handshake timeout", "net/http: TLS handshake timeout", "");

        assertThat(closing(box.boot(script()))).isEqualTo("ready");
        assertThat(box.calls("sleep 20")).hasSize(2);
    }

    @Test
    void a_pull_that_fails_three_times_ends_the_boot() throws Exception {
        box.pullErrors("web Pulling", "Error response from daemon: manifest for nginx:nope not found: manifest unknown");
        Boot boot = box.boot(script());

        assertThat(closing(boot)).isEqualTo("failed: pulling images: docker compose pull failed 3 times: Error response from daemon: "
                + "manifest for nginx:nope not found: manifest unknown");
        assertThat(boot.console()).contains("ec2-docker: docker compose pull| Error response from daemon: manifest for nginx:nope");
        assertThat(box.calls("docker compose --project-name app --project-directory /opt/app --file /opt/app/docker-compose.yml up"))
                .isEmpty();
    }

    @Test
    void the_limit_of_docker_hub_is_called_by_its_name() throws Exception {
        box.pullErrors("Error response from daemon: toomanyrequests: You have reached your unauthenticated pull rate limit. "
                + "https://www.docker.com/increase-rate-limit");

        assertThat(closing(box.boot(script())))
                .isEqualTo("failed: pulling images: Docker Hub allows no more anonymous pulls from this address (toomanyrequests); "
                        + "wait some hours or use images of another registry");
    }

    @Test
    void containers_that_do_not_start_end_the_boot_with_what_docker_says() throws Exception {
        box.stub("up-error", " Container web  Starting\nError response from daemon: driver failed programming external connectivity: "
                + "port is already allocated")
                .looks("/web created 0 0 unless-stopped none").stub("logs/web", "");

        assertThat(closing(box.boot(script())))
                .isEqualTo("failed: starting containers: docker compose up failed: Error response from daemon: driver failed programming "
                        + "external connectivity: port is already allocated");
    }

    @Test
    void a_container_that_exits_with_an_error_is_named_and_its_last_words_are_shown() throws Exception {
        String log = IntStream.rangeClosed(1, 30).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
        box.looks("/web exited 1 0 no none")
                .stub("logs/web", log + "\nec2-docker: ready (run r-1)\n\u001b[31mred\u001b[0m\rec2-docker: ready (run r-1)\n");
        Boot boot = box.boot(script());

        assertThat(closing(boot)).isEqualTo("failed: container web exited with code 1");
        assertThat(boot.console()).contains("ec2-docker: container web is exited, exit code 1, restarts 0, health none\n")
                .contains("ec2-docker: web| line 30\n").doesNotContain("line 10\n")
                .contains("ec2-docker: web| [31mred[0mec2-docker: ready (run r-1)\n");
        assertThat(BootStatus.of(boot.console(), "r-1"))
                .isEqualTo(new BootStatus(BootStatus.State.FAILED, "container web exited with code 1"));
    }

    @Test
    void an_unhealthy_container_ends_the_boot() throws Exception {
        box.looks("/web running 0 0 unless-stopped starting", "/web running 0 0 unless-stopped unhealthy")
                .stub("logs/web", "no database\n");
        Boot boot = box.boot(script());

        assertThat(closing(boot)).isEqualTo("failed: container web is unhealthy");
        assertThat(boot.console()).contains("ec2-docker: web| no database\n");
    }

    @Test
    void a_healthy_container_makes_it_ready_at_once() throws Exception {
        box.looks("/web running 0 0 unless-stopped starting", "/web running 0 0 unless-stopped starting",
                "/web running 0 0 unless-stopped healthy");

        assertThat(closing(box.boot(script()))).isEqualTo("ready");
        assertThat(box.calls("docker inspect")).hasSize(3);
    }

    @Test
    void a_container_without_a_health_check_must_run_on_for_ten_seconds() throws Exception {
        box.stub("ids", "c1\nc2\n").looks("/db running 0 0 unless-stopped healthy\n" + WELL);

        assertThat(closing(box.boot(script("web", "db")))).isEqualTo("ready");
        assertThat(box.calls("docker inspect")).hasSize(6);
    }

    @Test
    void a_container_that_stays_unknown_for_the_whole_time_ends_the_boot() throws Exception {
        box.looks("/web running 0 0 unless-stopped starting").stub("logs/web", "warming up\n");

        assertThat(closing(box.boot(script())))
                .isEqualTo("failed: waiting for the containers: after 300 s container web is running, health starting");
        assertThat(box.calls("docker inspect")).hasSize(151);
    }

    @Test
    void a_container_that_restarts_a_few_times_and_then_stays_is_ready() throws Exception {
        box.looks("/web restarting 1 1 always none", WELL.replace("0 0", "0 2"), "/web restarting 1 2 always none",
                WELL.replace("0 0", "0 3"));

        assertThat(closing(box.boot(script()))).isEqualTo("ready");
        assertThat(box.calls("docker inspect")).hasSize(9);
    }

    @Test
    void a_container_that_restarts_again_and_again_ends_the_boot() throws Exception {
        box.looks("/web restarting 137 4 always none", "/web restarting 137 10 always none").stub("logs/web", "killed\n");

        assertThat(closing(box.boot(script()))).isEqualTo("failed: container web restarted 10 times, last with code 137");
    }

    @Test
    void a_job_that_has_done_its_work_counts_as_well() throws Exception {
        box.stub("ids", "c1\nc2\nc3\n").looks(WELL + "\n/migrate exited 0 0 no none\n/seed exited 0 1 on-failure none");

        assertThat(closing(box.boot(script("web", "migrate", "seed")))).isEqualTo("ready");
    }

    @Test
    void a_container_that_exits_under_a_policy_that_gave_up_is_a_failure() throws Exception {
        box.stub("ids", "c1\nc2\n").looks(WELL + "\n/seed exited 3 5 on-failure none").stub("logs/seed", "");

        assertThat(closing(box.boot(script("web", "seed")))).isEqualTo("failed: container seed exited with code 3");
    }

    @Test
    void a_container_that_is_missing_ends_the_boot() throws Exception {
        assertThat(closing(box.boot(script("web", "db"))))
                .isEqualTo("failed: waiting for the containers: after 300 s Docker shows 1 containers of 2");
    }

    @Test
    void the_health_address_of_the_request_must_answer() throws Exception {
        ProvisionRequest request = Requests.of(new HealthEndpoint(imds.port(), "/up?q=$(touch$IFS/opt/canary)';touch$IFS/opt/canary;'[1-3]",
                Duration.ofSeconds(10)), false, Requests.container("web"));

        assertThat(closing(box.boot(script(request)))).isEqualTo("ready");
        assertThat(imds.healthRequest()).startsWith("/up?q=$(touch");
        imds.health(503);
        assertThat(closing(box.boot(script(request)))).isEqualTo(
                "failed: waiting for the containers: after 10 s the containers run, but the health address of the request does not "
                        + "answer: curl: (22) The requested URL returned error: 503");
        assertThat(box.file("/opt/canary")).doesNotExist();
    }

    @Test
    void a_wait_of_ten_seconds_suffices_for_containers_that_are_well_at_once() throws Exception {
        HealthEndpoint health = new HealthEndpoint(imds.port(), "/", Duration.ofSeconds(10));

        assertThat(closing(box.boot(script(Requests.of(health, false, Requests.container("web")))))).isEqualTo("ready");
    }

    @Test
    void a_reason_is_one_line_of_at_most_200_printable_characters() throws Exception {
        box.pullErrors("\u001b[31mé\u0007" + "x".repeat(500));
        String reason = closing(box.boot(script())).substring("failed: ".length());

        assertThat(reason).hasSize(200).matches("[ -~]+");
    }

    @Test
    void a_failure_that_nobody_foresaw_names_its_step() throws Exception {
        Files.writeString(Files.createDirectories(box.file("/opt")).resolve("app"), "a file where a directory belongs");

        assertThat(closing(box.boot(script()))).isEqualTo("failed: writing files: `mkdir -p \"$app\"` ended with status 1");
    }

    private String script(String... containers) throws BootstrapTooLargeException {
        List<String> names = containers.length == 0 ? List.of("web") : List.of(containers);
        return script(Requests.of(names.stream().map(Requests::container).toArray(Container[]::new)));
    }

    private static String script(ProvisionRequest request) throws BootstrapTooLargeException {
        return Bootstrap.render(new BootstrapInput(request, null, "r-1")).bootScript();
    }
}
