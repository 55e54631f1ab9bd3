package io.jenkins.plugins.ec2docker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What goes wrong around the command line some day: a sentence, the documented exit code, and one document where that is asked for. */
class OrdinaryTroubleTest {

    private static final String REQUEST = """
            name: web
            region: eu-central-1
            instanceType: t3.small
            containers: [{image: "nginx@sha256:%s", ports: "80:80"}]
            """.formatted("a".repeat(64));

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>(Map.of("PATH", System.getenv("PATH"), "AWS_ACCESS_KEY_ID",
            "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY", "secret", "AWS_EC2_METADATA_DISABLED", "true"));
    private String request;

    @BeforeEach
    void a_request() throws IOException {
        request = Files.writeString(directory.resolve("request.yml"), REQUEST).toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "AWS_ENDPOINT_URL|localhost:4566|Variable AWS_ENDPOINT_URL is \"localhost:4566\", which is not the address of an AWS endpoint",
        "AWS_ENDPOINT_URL|//aws|Variable AWS_ENDPOINT_URL is \"//aws\"",
        "AWS_ENDPOINT_URL|http://a b|Variable AWS_ENDPOINT_URL is \"http://a b\"",
        "HTTPS_PROXY|http://user:pass word@proxy|Variable HTTPS_PROXY does not hold the address of a proxy",
        "https_proxy|http://proxy:99999|Variable HTTPS_PROXY does not hold the address of a proxy",
        "AWS_ENDPOINT_URL|http://127.0.0.1:9|AWS EC2 at http://127.0.0.1:9 cannot be reached: the connection was refused."})
    void a_variable_that_is_no_good_is_named(String variable, String value, String says) throws Exception {
        environment.put(variable, value);

        trouble(1, says, "sweep", "--region", "eu-central-1", "--state-dir", directory.resolve("state").toString());
        assertThat(err.toString()).doesNotContain("pass word");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "HTTP/1.1 200 OK~Content-Type: text/html~Content-Length: 26~~<html>Please log in</html>|a web page came back and no answer of AWS; a proxy or a login page may stand between.",
        "HTTP/1.1 503 Busy~Content-Type: text/html~Content-Length: 17~~<html>busy</html>|has a fault of its own (HTTP 503)",
        "HTTP/1.1 403 No~Content-Type: text/html~Content-Length: 15~~<html>no</html>|(HTTP 403): the answer is no answer of AWS.",
        "SSH-2.0-OpenSSH_9.2~|what answers there does not speak HTTP, or hangs up.",
        "|what answers there does not speak HTTP, or hangs up."})
    void an_answer_that_is_none_of_aws_is_told_as_that(String answer, String says) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> answer(server, answer == null ? "" : answer.replace("~", "\r\n")), "answers");
            thread.setDaemon(true);
            thread.start();
            environment.put("AWS_ENDPOINT_URL", "http://127.0.0.1:" + server.getLocalPort());

            trouble(1, says, "sweep", "--region", "eu-central-1", "--state-dir", directory.resolve("state").toString());
        }
    }

    @Test
    void a_region_that_is_none_is_refused() throws Exception {
        trouble(2, "\"EU Central\" is not the code of an AWS Region", "sweep", "--region", "EU Central", "--state-dir", "state");
    }

    @Test
    void a_terraform_that_is_not_there_or_is_none_is_told_in_a_sentence() throws Exception {
        environment.put("PATH", "/nowhere");
        trouble(1, "Terraform was not found on the PATH (looked in /nowhere)", "plan", request);
        trouble(1, "points to /nowhere/terraform, which does not exist", "plan", request, "--terraform", "/nowhere/terraform");
        trouble(1, "is version 1.5.7; 1.10 or newer is needed", "plan", request, "--terraform",
                program("echo '{\"terraform_version\": \"1.5.7\"}'"));
        trouble(1, "a shim of a version manager (asdf, mise, tfenv)", "plan", request, "--terraform",
                program("echo no version set; exit 126"
                        .replace("126", "1")));
    }

    @Test
    void a_directory_for_temporary_files_in_which_terraform_cannot_work_is_told_before_it_starts() throws Exception {
        environment.put("TMPDIR", directory.resolve("gone").toString());
        trouble(1, "Variable TMPDIR is \"" + directory + "/gone\", which is not a directory that this user may write to", "plan", request);
        environment.put("TMPDIR", Files.createDirectories(directory.resolve("d".repeat(100))).toString());
        trouble(1, "Variable TMPDIR has ", "plan", request);
        assertThat(err.toString()).contains("at most 90");
    }

    @Test
    void a_configuration_of_terraform_in_another_encoding_is_read_as_far_as_it_goes() throws Exception {
        Files.write(directory.resolve(".terraformrc"), "# f\u00fcr alle\n".getBytes(StandardCharsets.ISO_8859_1));
        environment.put("HOME", directory.toString());
        environment.put("AWS_ENDPOINT_URL", "http://127.0.0.1:9");

        trouble(1, "AWS STS at http://127.0.0.1:9 cannot be reached", "plan", request);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"/|The file / cannot be read: it is a directory.", "/nowhere/r.yml|there is no such file",
        "/proc/self/mem|cannot be read: "})
    void a_request_that_cannot_be_read_says_why(String file, String says) throws Exception {
        trouble(2, says, "validate", file);
    }

    @Test
    void a_state_directory_that_is_none_says_why() throws Exception {
        trouble(1, "The file " + request + " could not be used: it is not a directory.", "list", "--state-dir", request);
        trouble(1, request, "provision", request, "--state-dir", request);
        trouble(1, "could not be used: it exists already, perhaps as something else than it should be.", "render", request, "--into",
                request);
    }

    @Test
    void numbers_below_zero_are_refused() throws Exception {
        trouble(2, "--max-retries is -1; give 0 or more.", "plan", request, "--max-retries", "-1");
        trouble(2, "--grace is -5; give 0 or more.", "plan", request, "--grace=-5");
        trouble(2, "-1h", "sweep", "--region", "eu-central-1", "--state-dir", "state", "--older-than", "-1h");
    }

    @Test
    void wrong_usage_is_one_document_too() throws Exception {
        trouble(2, "Unknown option: '--forse'", "provision", request, "--state-dir", "state", "--forse");
        trouble(2, "Missing required option: '--state-dir=DIR'", "history", "web");
        trouble(2, "There is no deployment \"web\"", "show", "web", "--state-dir", directory.toString());
        assertThat(run("provision", request, "--state-dir", "state", "--forse", "--json")).isEqualTo(2);
        assertThat(json().path("status").asText()).isEqualTo("invalid");
        assertThat(Stream.of("deployment", "deploymentId", "run", "status", "message", "outputs", "stages", "summary"))
                .allMatch(key -> json().has(key));
    }

    @Test
    void what_guardrails_refuse_is_one_document_too() throws Exception {
        Path guardrails = Files.writeString(directory.resolve("guardrails.yml"), "regions: us-east-1");

        assertThat(run("provision", request, "--state-dir", "state", "--guardrails", guardrails.toString(), "--json")).isEqualTo(3);
        assertThat(json().path("status").asText()).isEqualTo("refused");
        assertThat(json().path("violations").get(0).path("field").asText()).isEqualTo("region");
    }

    @Test
    void a_result_that_could_not_be_written_is_an_error() throws Exception {
        CommandLine command = Main.commandLine(environment).setErr(new PrintWriter(err, true));
        try (OutputStream full = Files.newOutputStream(Path.of("/dev/full")); PrintStream stream = new PrintStream(full)) {
            command.setOut(new PrintWriter(stream, true));

            assertThat(Main.run(command, "validate", request)).isEqualTo(1);
            assertThat(err.toString()).contains("The result could not be written to standard output, which is full or closed.");
        }
    }

    @Test
    void a_state_is_never_put_in_the_place_of_anything_but_a_file() throws Exception {
        try (var in = getClass().getResourceAsStream("history.json")) {
            Files.write(Files.createDirectories(directory.resolve("web/states")).resolveSibling("deployment.json"), in.readAllBytes());
        }
        Files.writeString(directory.resolve("web/states/000001-run-1.tfstate"), "{}");
        Path file = Files.createFile(directory.resolve("file"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        String[] get = {"state", "get", "web", "1", "--state-dir", directory.toString(), "--out"};

        assertThat(run(with(get, link.toString()))).isZero();
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("{}");
        for (Path other : List.of(fifo("pipe"), directory, Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("no")),
                Path.of("/dev/null"))) {
            assertThat(run(with(get, other.toString()))).isEqualTo(2);
            assertThat(err.toString()).contains("is not a regular file and is not replaced");
        }
        assertThat(Path.of("/dev/null")).matches(device -> !Files.isRegularFile(device));
    }

    @ParameterizedTest
    @ValueSource(strings = {"huge", "/dev/zero", "text"})
    void a_file_of_any_size_ends_with_a_message(String file) throws Exception {
        Path huge = directory.resolve("huge");
        try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
            sparse.setLength(3L << 30);
        }
        Files.writeString(directory.resolve("text"), "username\n" + "x".repeat(4 << 20));
        Path asked = directory.resolve(file);
        Files.writeString(directory.resolve("request.yml"), REQUEST + "users: " + asked + "\n");
        String says = "it has more than 4 MiB, the most that is read";

        assertThat(run("validate", asked.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("The file " + asked + " cannot be read: " + says);
        assertThat(run("validate", request)).isEqualTo(2);
        assertThat(err.toString()).contains("users \"" + asked + "\": The file cannot be read (" + says + ")");
    }

    @Test
    void a_request_may_come_through_a_pipe() throws Exception {
        Path pipe = fifo("pipe");
        Thread writer = new Thread(() -> {
            try {
                Files.writeString(pipe, REQUEST);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        writer.start();

        assertThat(run("validate", pipe.toString())).as(err.toString()).isZero();
        writer.join();
    }

    /** The same with and without {@code --json}: exit code, sentence, and nothing of a program that does not know what happened to it. */
    private void trouble(int exitCode, String says, String... arguments) throws IOException {
        boolean document = !arguments[0].equals("render");
        assertThat(run(arguments)).as(err.toString()).isEqualTo(exitCode);
        assertThat(err.toString()).contains(says).doesNotContain("\tat ", "error in ec2-docker itself", "..\n");
        assertThat(out.toString()).isEmpty();
        if (document) {
            assertThat(run(with(arguments, "--json"))).as(err.toString()).isEqualTo(exitCode);
            assertThat(json().toString()).contains(says.replace("\"", "\\\""));
        }
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine command = Main.commandLine(environment).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return Main.run(command, arguments);
    }

    private JsonNode json() {
        try {
            return new ObjectMapper().readTree(out.toString());
        } catch (IOException e) {
            throw new AssertionError(out.toString(), e);
        }
    }

    private static String[] with(String[] arguments, String last) {
        return Stream.concat(Stream.of(arguments), Stream.of(last)).toArray(String[]::new);
    }

    private String program(String script) throws IOException {
        Path file = Files.writeString(directory.resolve("terraform"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file.toString();
    }

    private Path fifo(String name) throws IOException, InterruptedException {
        Path pipe = directory.resolve(name);
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        return pipe;
    }

    private static void answer(ServerSocket server, String text) {
        while (true) {
            try (Socket socket = server.accept()) {
                socket.getInputStream().read(new byte[65536]);
                socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException closed) {
                return;
            }
        }
    }
}
