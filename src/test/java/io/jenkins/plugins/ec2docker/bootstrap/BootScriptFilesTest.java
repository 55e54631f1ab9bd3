package io.jenkins.plugins.ec2docker.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.bootstrap.Box.Boot;
import io.jenkins.plugins.ec2docker.request.model.Container;
import io.jenkins.plugins.ec2docker.request.model.ContainerHealthcheck;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.model.RestartPolicy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the boot script leaves on an instance. */
class BootScriptFilesTest extends InABox {
    private static final byte[] USERS = ("\ufeffusername,email,note\r\nana,ana@example.com,\"$(touch /opt/canary) `id` 'q' \"\"z\"\"\r\n"
            + "new line\"\r\nб,b@example.com,\u0085\r\n").getBytes(StandardCharsets.UTF_8);

    @BeforeEach
    void docker() throws IOException {
        box.withDocker();
    }

    @Test
    void files_land_byte_for_byte_with_their_permissions() throws Exception {
        Bootstrap bootstrap = render(Requests.of(Requests.container("web")));
        Boot boot = box.boot(bootstrap.bootScript());

        assertThat(closing(boot)).isEqualTo("ready");
        assertThat(box.file("/opt/app/users.csv")).hasBinaryContent(USERS);
        assertThat(box.file("/opt/app/docker-compose.yml")).hasContent(bootstrap.composeYaml());
        assertThat(box.file("/opt/app/.env")).hasContent("INSTANCE_ID='i-0123456789abcdef0'\nINSTANCE_TYPE='t3.small'\n"
                + "REGION='eu-central-1'\nAVAILABILITY_ZONE='eu-central-1a'\nVPC_ID='vpc-0a1b2c'\nPUBLIC_IP='203.0.113.7'\n"
                + "APP_USERS_B64='" + Base64.getEncoder().encodeToString(USERS) + "'\n");
        assertThat(tree()).isEqualTo(Map.of("/opt/app", "rwxr-xr-x", "/opt/app/users.csv", "rw-r--r--",
                "/opt/app/docker-compose.yml", "rw-------", "/opt/app/.env", "rw-------"));
    }

    @Test
    void a_second_run_in_a_row_ends_the_same_and_doubles_nothing() throws Exception {
        Bootstrap bootstrap = render(Requests.of(Requests.container("web")));
        box.boot(bootstrap.bootScript());
        Map<String, String> contents = contents();
        Boot boot = box.boot(bootstrap.bootScript());

        assertThat(closing(boot)).isEqualTo("ready");
        assertThat(contents()).isEqualTo(contents);
        assertThat(tree()).hasSize(4);
        assertThat(box.file("/run")).isEmptyDirectory();
    }

    @Test
    void user_data_boots_as_cloud_init_would_run_it() throws Exception {
        byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(render(Requests.of(Requests.container("web"))).userData()))
                .readAllBytes();

        assertThat(box.boot(new String(unpacked, StandardCharsets.UTF_8)).exit()).isZero();
    }

    @Test
    void hostile_text_reaches_the_containers_and_does_nothing_on_the_way() throws Exception {
        List<String> test = Stream.concat(Stream.of("CMD"), HostileText.all().stream()).toList();
        Container container = Requests.container("web", HostileText.environment(), HostileText.all(), RestartPolicy.ALWAYS,
                new ContainerHealthcheck(test, null, null, null, null));
        Boot boot = box.boot(render(Requests.of(container)).bootScript());

        assertThat(closing(boot)).isEqualTo("ready");
        assertThat(canary()).isFalse();
        Map<String, Object> service = ComposeConfig.services(box.file("/opt/app")).get("web");
        Map<?, ?> environment = (Map<?, ?>) service.get("environment");
        HostileText.environment().forEach((name, value) -> assertThat(environment.get(name)).as(name).isEqualTo(value));
        assertThat(service.get("command")).isEqualTo(HostileText.all());
        assertThat(service.get("healthcheck")).isEqualTo(Map.of("test", test));
        assertThat(environment.get("APP_USERS_B64")).isEqualTo(Base64.getEncoder().encodeToString(USERS));
        assertThat(environment.get("INSTANCE_ID")).isEqualTo("i-0123456789abcdef0");
        assertThat(environment.get("PUBLIC_IP")).isEqualTo("203.0.113.7");
    }

    @Test
    void a_value_of_100_kb_and_one_of_what_cannot_be_packed_arrive_whole() throws Exception {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("LONG", "$(touch /opt/canary)".repeat(5_000));
        environment.put("DENSE", new Random(7).ints(9_000, '!', '~' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString());
        Boot boot = box.boot(render(Requests.of(Requests.with("web", environment))).bootScript());

        assertThat(closing(boot)).isEqualTo("ready");
        assertThat(canary()).isFalse();
        Map<?, ?> read = (Map<?, ?>) ComposeConfig.services(box.file("/opt/app")).get("web").get("environment");
        assertThat(read.get("LONG")).isEqualTo(environment.get("LONG"));
        assertThat(read.get("DENSE")).isEqualTo(environment.get("DENSE"));
    }

    @Test
    void compose_gets_no_variable_of_the_boot_and_no_file_but_its_own() throws Exception {
        box.boot(render(Requests.of(Requests.container("web"))).bootScript());

        assertThat(Files.readAllLines(box.file("/stub/compose-environment"))).extracting(line -> line.replaceAll("=.*", ""))
                .containsOnly("PATH", "HOME", "PWD", "SHLVL", "_");
        assertThat(box.calls("docker compose --")).allMatch(call -> call.contains(" --file /opt/app/docker-compose.yml "));
    }

    @Test
    void without_a_users_file_there_is_none_on_the_instance() throws Exception {
        Bootstrap bootstrap = Bootstrap.render(new BootstrapInput(Requests.of(Requests.container("web")), null, "r-1"));
        Boot boot = box.boot(bootstrap.bootScript());

        assertThat(boot.exit()).isZero();
        assertThat(box.file("/opt/app/users.csv")).doesNotExist();
        assertThat(box.file("/opt/app/.env")).content().doesNotContain("APP_USERS_B64");
    }

    private static Bootstrap render(ProvisionRequest request) throws BootstrapTooLargeException {
        return Bootstrap.render(new BootstrapInput(request, USERS, "r-1"));
    }

    private boolean canary() throws IOException {
        try (Stream<Path> files = Files.walk(box.file("/opt"))) {
            return files.anyMatch(file -> file.endsWith("canary"));
        }
    }

    private Map<String, String> tree() throws IOException {
        Map<String, String> tree = new TreeMap<>();
        for (Path file : walk()) {
            tree.put("/opt/" + box.file("/opt").relativize(file), PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        return tree;
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (Path file : walk()) {
            contents.put(file.toString(), Files.isDirectory(file) ? "" : Files.readString(file, StandardCharsets.ISO_8859_1));
        }
        return contents;
    }

    private List<Path> walk() throws IOException {
        try (Stream<Path> files = Files.walk(box.file("/opt/app"))) {
            return files.toList();
        }
    }
}
