package io.jenkins.plugins.ec2docker.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.ec2docker.request.model.HealthEndpoint;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.model.RestartPolicy;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootstrapTest {
    private static final byte[] USERS = "username,email\r\nana,ana@example.com\r\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    @Test
    void user_data_unpacks_to_the_boot_script() throws Exception {
        Bootstrap bootstrap = render(Requests.of(Requests.container("web")), USERS, "run-1");

        byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(bootstrap.userData())).readAllBytes();
        assertThat(new String(unpacked, StandardCharsets.UTF_8)).isEqualTo(bootstrap.bootScript()).startsWith("#!/bin/bash\n");
        assertThat(bootstrap.userData().length).isLessThan(bootstrap.bootScript().length());
    }

    @Test
    void equal_inputs_give_equal_bytes_without_a_time_in_them() throws Exception {
        Bootstrap one = render(Requests.of(Requests.container("web")), USERS, "run-1");
        Bootstrap other = render(Requests.of(Requests.container("web")), USERS.clone(), "run-1");

        assertThat(one.userData()).isEqualTo(other.userData());
        // RFC 1952: MTIME is bytes 4 to 7, zero means no time; flag FNAME is bit 3 of byte 3.
        assertThat(one.userData()).startsWith(0x1f, 0x8b, 8, 0, 0, 0, 0, 0);
    }

    @Test
    void the_run_id_stands_once_in_the_script_and_leaves_the_digest_alone() throws Exception {
        Bootstrap one = render(Requests.of(Requests.container("web")), USERS, "run-1");
        Bootstrap other = render(Requests.of(Requests.container("web")), USERS, "run-2");

        assertThat(one.bootScript()).containsOnlyOnce("run-1").contains("\nRUN_ID='run-1'\n");
        assertThat(other.bootScript()).isEqualTo(one.bootScript().replace("run-1", "run-2"));
        assertThat(other.contentDigest()).isEqualTo(one.contentDigest()).matches("[0-9a-f]{64}");
    }

    @Test
    void whatever_changes_on_the_instance_changes_the_digest() throws Exception {
        ProvisionRequest request = Requests.of(Requests.container("web"));
        HealthEndpoint health = new HealthEndpoint(8080, "/", Duration.ofMinutes(1));

        assertThat(Stream.of(
                render(request, USERS, "r"),
                render(request, null, "r"),
                render(request, "username\r\nana\r\n".getBytes(StandardCharsets.UTF_8), "r"),
                render(Requests.of(Requests.container("web2")), USERS, "r"),
                render(Requests.of(Requests.with("web", Map.of("A", "b"))), USERS, "r"),
                render(Requests.of(null, true, Requests.container("web")), USERS, "r"),
                render(Requests.of(health, false, Requests.container("web")), USERS, "r"))
                .map(Bootstrap::contentDigest)).doesNotHaveDuplicates();
    }

    @Test
    void files_are_written_for_the_owner_alone_and_replace_earlier_ones() throws Exception {
        Files.createFile(directory.resolve("user-data"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        Bootstrap bootstrap = render(Requests.of(Requests.container("web")), USERS, "run-1");
        bootstrap.writeTo(directory);

        assertThat(directory.resolve("users.csv")).hasBinaryContent(USERS);
        assertThat(directory.resolve("user-data")).hasBinaryContent(bootstrap.userData());
        assertThat(directory.resolve("boot.sh")).hasContent(bootstrap.bootScript());
        assertThat(directory.resolve("docker-compose.yml")).hasContent(bootstrap.composeYaml());
        for (String name : new String[] {"users.csv", "user-data", "boot.sh", "docker-compose.yml"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name)))).as(name)
                    .isEqualTo("rw-------");
        }
        render(Requests.of(Requests.container("web")), null, "run-1").writeTo(directory);
        assertThat(directory.resolve("users.csv")).doesNotExist();
    }

    @Test
    void a_users_file_too_large_for_user_data_is_refused_with_a_cut_that_suffices() throws Exception {
        byte[] users = tokens(2_000);
        BootstrapTooLargeException refusal = refusal(Requests.of(Requests.container("web")), users);

        assertThat(refusal.violation().field()).isEqualTo("users");
        assertThat(refusal).hasMessageMatching(
                "packed for EC2 user data the bootstrap has [0-9,]+ bytes, [0-9,]+ more than the 16,384 that EC2 takes; shorten the "
                        + "users file of [0-9,]+ bytes by about "
                        + "[0-9,]+ \\(fewer users or columns\\), build the data into the image, or let the container fetch it from "
                        + "object storage such as S3 when it starts\\.");
        int cut = Integer.parseInt(refusal.getMessage().replaceAll(".*by about ([0-9,]+).*", "$1").replace(",", ""));
        byte[] shorter = Arrays.copyOf(users, users.length - cut - cut / 20);
        assertThat(render(Requests.of(Requests.container("web")), shorter, "r").userData()).hasSizeBetween(14_500, UserData.LIMIT);
    }

    @Test
    void containers_too_large_for_user_data_are_refused() {
        BootstrapTooLargeException refusal = refusal(Requests.of(Requests.with("web", Map.of("BLOB", noise(20_000)))), USERS);

        assertThat(refusal.violation().field()).isEqualTo("containers");
        assertThat(refusal).hasMessageContaining("shorten environment values or commands").hasMessageNotContaining(noise(20));
    }

    @Test
    void a_users_file_too_large_for_one_variable_is_refused_by_how_much() throws Exception {
        // 98,292 bytes are 131,056 in base64; with APP_USERS_B64= and the final NUL that is 131,071, and three bytes more would be four too
        // many.
        byte[] most = "a".repeat(98_292).getBytes(StandardCharsets.UTF_8);
        render(Requests.of(Requests.container("web")), most, "r");
        byte[] tooMany = "a".repeat(98_293).getBytes(StandardCharsets.UTF_8);

        BootstrapTooLargeException refusal = refusal(Requests.of(Requests.container("web")), tooMany);
        assertThat(refusal).hasMessageContaining("98,293 bytes, 1 more than fit into the variable APP_USERS_B64");
        render(Requests.of(Requests.with("web", Map.of("APP_USERS_B64", "own"))), tooMany, "r");
    }

    @Test
    void a_word_of_a_command_too_large_for_a_process_is_refused_by_how_much() throws Exception {
        render(command("x".repeat(131_071)), null, "r");

        BootstrapTooLargeException refusal = refusal(command("x".repeat(131_072)), null);
        assertThat(refusal.violation().field()).isEqualTo("containers[0].command[1]");
        assertThat(refusal).hasMessageContaining("131,073 bytes with its final NUL, 1 more than the 131,072 that Linux takes")
                .hasMessageNotContaining("xx");
    }

    @Test
    void a_run_id_that_could_mean_something_to_a_shell_is_refused() {
        assertThatThrownBy(() -> new BootstrapInput(Requests.of(Requests.container("web")), null, "a'b"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BootScript.with(Map.of("RUN_ID", "$(id)"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void user_data_that_gzip_would_lengthen_stays_plain() {
        assertThat(UserData.of("#!/bin/sh\n:\n", 10)).asString().isEqualTo("#!/bin/sh\n:\n");
    }

    private static Bootstrap render(ProvisionRequest request, byte[] users, String runId) throws BootstrapTooLargeException {
        return Bootstrap.render(new BootstrapInput(request, users, runId));
    }

    private static BootstrapTooLargeException refusal(ProvisionRequest request, byte[] users) {
        return catchThrowableOfType(BootstrapTooLargeException.class, () -> render(request, users, "r"));
    }

    private static ProvisionRequest command(String word) {
        return Requests.of(Requests.container("web", Map.of(), List.of("echo", word), RestartPolicy.ALWAYS, null));
    }

    private static byte[] tokens(int rows) {
        Random random = new Random(1);
        StringBuilder csv = new StringBuilder("username,token\r\n");
        for (int i = 0; i < rows; i++) {
            csv.append("user").append(i).append(',').append(Long.toHexString(random.nextLong())).append("\r\n");
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String noise(int length) {
        return new Random(2).ints(length, 'A', 'Z').collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
