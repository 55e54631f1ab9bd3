package io.jenkins.plugins.ec2docker.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.jenkins.plugins.ec2docker.request.model.Container;
import io.jenkins.plugins.ec2docker.request.model.ContainerHealthcheck;
import io.jenkins.plugins.ec2docker.request.model.PortMapping;
import io.jenkins.plugins.ec2docker.request.model.Protocol;
import io.jenkins.plugins.ec2docker.request.model.RestartPolicy;
import io.jenkins.plugins.ec2docker.request.model.VolumeMount;
import io.jenkins.plugins.ec2docker.request.values.ImageReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

class ComposeFileTest {
    private static final String ENV =
            "INSTANCE_ID='i-0abc'\nINSTANCE_TYPE='t3.small'\nREGION='eu-central-1'\nAVAILABILITY_ZONE='eu-central-1a'\n"
                    + "VPC_ID='vpc-1'\nPUBLIC_IP=''\nAPP_USERS_B64='dXNlcm5hbWUK'\n";

    @TempDir
    Path project;

    @Test
    void an_entrypoint_is_handed_on_word_by_word() throws Exception {
        Container web = Container.builder("web", new ImageReference("nginx", null, "nginx", null, null))
                .restart(RestartPolicy.NO)
                .task(Map.of("entrypoint", List.of("/start", "$HOME", "")))
                .build();

        assertThat(read(List.of(web), false).get("web")).containsEntry("entrypoint", List.of("/start", "$HOME", ""));
    }

    @Test
    void an_independent_reader_finds_all_that_the_request_says() throws Exception {
        ImageReference image =
                new ImageReference("registry.example.com:5000/shop/web:1.10", "registry.example.com:5000", "shop/web", "1.10", null);
        Container web = Container.builder("web", image)
                .ports(List.of(new PortMapping(8080, 80, Protocol.TCP), new PortMapping(5353, 53, Protocol.UDP)))
                .environment(Map.of("COLOUR", "no"))
                .volumes(List.of(new VolumeMount("/opt/app/users.csv", "/data/users.csv", true),
                        new VolumeMount("/opt/app/$data", "/var/lib/x", false)))
                .command(List.of("sh", "-c", "echo $HOME > 'a file'; sleep 1", ""))
                .restart(RestartPolicy.NO)
                .healthcheck(new ContainerHealthcheck(List.of("CMD-SHELL", "test -n \"$PATH\""), Duration.ofSeconds(90),
                        Duration.ofMillis(1500), 3, Duration.ofDays(1)))
                .build();
        Map<String, Object> service = read(List.of(web), true).get("web");

        assertThat(service).containsOnlyKeys("name", "image", "container_name", "command", "environment", "ports", "volumes", "restart",
                "healthcheck", "logging").contains(
                        entry("image", "registry.example.com:5000/shop/web:1.10"),
                        entry("container_name", "web"),
                        entry("command", List.of("sh", "-c", "echo $HOME > 'a file'; sleep 1", "")),
                        entry("restart", Map.of("Name", "no", "MaximumRetryCount", 0)),
                        entry("logging", Map.of("driver", "json-file", "options", Map.of("max-size", "10m", "max-file", "3"))),
                        entry("volumes", List.of(List.of("/opt/app/users.csv", "/data/users.csv", "ro"),
                                List.of("/opt/app/$data", "/var/lib/x", "rw"))),
                        entry("healthcheck",
                                Map.of("test", List.of("CMD-SHELL", "test -n \"$PATH\""), "interval", 90_000_000_000L, "timeout",
                                        1_500_000_000, "retries", 3,
                                        "start_period", 86_400_000_000_000L)),
                        // Port in the container, port on the host, protocol, mode, outer address.
                        entry("ports", List.of(Arrays.asList(80, 8080, "tcp", null, null), Arrays.asList(53, 5353, "udp", null, null))));
    }

    @Test
    void an_independent_reader_gets_every_hostile_value_back_byte_for_byte() throws Exception {
        Container web = Requests.container("web", HostileText.environment(), HostileText.all(), RestartPolicy.ALWAYS, null);
        Map<String, Object> service = read(List.of(web), true).get("web");

        Map<String, Object> environment = asMap(service.get("environment"));
        HostileText.environment().forEach((name, value) -> assertThat(environment.get(name)).as(name).isEqualTo(value));
        assertThat(service.get("command")).isEqualTo(HostileText.all());
    }

    @Test
    void containers_learn_about_their_instance_and_users_unless_they_set_the_variable_themselves() throws Exception {
        Map<String, Map<String, Object>> services = read(List.of(Requests.container("plain"),
                Requests.with("own", Map.of("REGION", "mine", "APP_USERS_B64", ""))), true);

        assertThat(asMap(services.get("plain").get("environment"))).containsExactlyInAnyOrderEntriesOf(Map.of("INSTANCE_ID", "i-0abc",
                "INSTANCE_TYPE", "t3.small", "REGION", "eu-central-1", "AVAILABILITY_ZONE", "eu-central-1a", "VPC_ID", "vpc-1",
                "PUBLIC_IP", "", "APP_USERS_B64", "dXNlcm5hbWUK"));
        assertThat(asMap(services.get("own").get("environment")))
                .contains(entry("REGION", "mine"), entry("APP_USERS_B64", ""), entry("INSTANCE_ID", "i-0abc"));
    }

    @Test
    void without_a_users_file_there_is_no_users_variable() {
        assertThat(ComposeFile.of(List.of(Requests.container("web")), false)).doesNotContain("APP_USERS_B64");
    }

    @Test
    void users_are_named_and_not_repeated_in_the_file() {
        assertThat(ComposeFile.of(List.of(Requests.container("a"), Requests.container("b")), true))
                .containsOnlyOnce("\"a\":").contains("\"APP_USERS_B64\": \"${APP_USERS_B64}\"");
    }

    @Test
    void names_of_variables_are_text_as_well() throws Exception {
        Map<String, String> environment = Map.of("$HOME", "1", "${REGION}", "2", "we\"ird 'na:me", "3", "L".repeat(300), "4", "no", "5",
                "<<", "7", "two\nlines", "8", "\u00e9", "6");

        assertThat(asMap(read(List.of(Requests.with("web", environment)), true).get("web").get("environment")))
                .containsAllEntriesOf(environment);
    }

    @Test
    void a_second_reader_of_yaml_agrees_on_every_string() {
        String yaml = ComposeFile.of(List.of(Requests.with("web", HostileText.environment())), false);

        Map<String, Map<String, Map<String, Object>>> document = new Yaml().load(yaml);
        HostileText.environment().forEach((name, value) -> assertThat(asMap(document.get("services").get("web").get("environment")))
                .contains(entry(name, value.replace("$", "$$"))));
    }

    @Test
    void the_file_has_no_version_and_no_anchors_and_keeps_the_order_of_the_request() {
        String yaml = ComposeFile.of(List.of(Requests.container("web"), Requests.container("db"), Requests.container("cache")), false);

        assertThat(yaml).doesNotContain("version").doesNotContain("&id").containsSubsequence("\"web\":", "\"db\":", "\"cache\":");
    }

    private Map<String, Map<String, Object>> read(List<Container> containers, boolean withUsers) throws Exception {
        Files.writeString(project.resolve("docker-compose.yml"), ComposeFile.of(containers, withUsers));
        Files.writeString(project.resolve(".env"), ENV);
        return ComposeConfig.services(project);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object node) {
        return (Map<String, Object>) node;
    }
}
