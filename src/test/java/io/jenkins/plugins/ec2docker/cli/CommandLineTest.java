package io.jenkins.plugins.ec2docker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a person at the command line gets, as far as it takes no AWS. */
class CommandLineTest {

    private static final String REQUEST = """
            name: web
            region: eu-central-1
            instanceType: t3.small
            users: users.csv
            containers:
              - image: nginx:1.27
                ports: ["80:80"]
            """;

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void a_valid_request_is_valid() throws Exception {
        assertThat(run("validate", request(REQUEST), "--json")).isZero();

        assertThat(json()).isEqualTo(new ObjectMapper().readTree("{\"valid\": true, \"violations\": []}"));
    }

    @Test
    void json_lists_every_violation_with_field_value_and_message() throws Exception {
        int exitCode = run("validate", request(REQUEST.replace("t3.small", "huge").replace("80:80", "80:0")), "--json");

        assertThat(exitCode).isEqualTo(2);
        assertThat(json().path("valid").asBoolean()).isFalse();
        assertThat(json().path("violations")).hasSize(2);
        assertThat(json().path("violations").get(0).path("field").asText()).isEqualTo("instanceType");
        assertThat(json().path("violations").get(0).path("value").asText()).isEqualTo("huge");
        assertThat(json().path("violations").get(1).path("field").asText()).isEqualTo("containers[0].ports[0]");
    }

    @Test
    void violations_are_sentences_on_standard_error() throws Exception {
        assertThat(run("validate", request(REQUEST.replace("instanceType", "instancetype")))).isEqualTo(2);

        assertThat(err.toString()).startsWith("ec2-docker: The request is not valid:").contains("instanceType").doesNotContain("\tat ");
    }

    @Test
    void a_refusal_by_the_guardrails_has_an_exit_code_of_its_own() throws Exception {
        Path guardrails = Files.writeString(directory.resolve("guardrails.yml"), "regions: [us-east-1]\nimages: [redis]\n");

        assertThat(run("validate", request(REQUEST), "--guardrails", guardrails.toString(), "--json")).isEqualTo(3);
        assertThat(json().path("violations")).hasSize(2);
        assertThat(json().path("violations").get(0).path("message").asText()).contains("us-east-1");
    }

    @Test
    void what_is_wrong_is_told_together_with_what_the_guardrails_refuse() throws Exception {
        Path guardrails = Files.writeString(directory.resolve("guardrails.yml"),
                "regions: us-east-1\ninstanceTypes: t2.*\nimages: redis\nroleArns: [\"*:role/deploy\"]\nmaxLifetime: 8h\n");
        String request = request(REQUEST.replace("[\"80:80\"]", "80=80") + "role: deploy\nexpiresAfter: tomorrow\n");
        Files.writeString(directory.resolve("users.csv"), "name\n");

        assertThat(run("validate", request, "--guardrails", guardrails.toString())).isEqualTo(2);
        assertThat(err.toString().lines().map(line -> line.replaceAll(": .*", ""))).containsExactly(
                "ec2-docker", "  role", "  containers[0].ports \"80=80\"",
                "  expiresAfter \"tomorrow\"", "  users", "  users", "Refused by the guardrails:", "  region \"eu-central-1\"",
                "  instanceType \"t3.small\"", "  containers[0].image \"nginx:1.27\"");
        assertThat(run("validate", request, "--guardrails", guardrails.toString(), "--json")).isEqualTo(2);
        assertThat(json().path("violations")).hasSize(8);
    }

    @Test
    void a_mistake_in_the_guardrails_is_told_as_one() throws Exception {
        Path guardrails = Files.writeString(directory.resolve("guardrails.yml"), "region: [us-east-1]\n");

        assertThat(run("validate", request(REQUEST), "--guardrails", guardrails.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("guardrails.region").contains("regions");
    }

    @Test
    void a_mistake_in_the_users_file_names_line_and_column() throws Exception {
        String request = request(REQUEST);
        Files.writeString(directory.resolve("users.csv"), "username,email\nada,ada@example.com,extra\n");

        assertThat(run("validate", request)).isEqualTo(2);
        assertThat(err.toString()).contains("users: Line 2 has 3 columns");
    }

    @Test
    void files_that_are_not_there_are_named() throws Exception {
        assertThat(run("validate", directory.resolve("nothing.yml").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("nothing.yml").contains("there is no such file");
    }

    @Test
    void what_does_not_fit_an_instance_is_refused_before_anything_is_created() throws Exception {
        StringBuilder users = new StringBuilder("username,token\n");
        java.util.Random random = new java.util.Random(1);
        for (int i = 0; i < 2000; i++) {
            users.append("user").append(i).append(',').append(Long.toHexString(random.nextLong())).append('\n');
        }
        String request = request(REQUEST);
        Files.writeString(directory.resolve("users.csv"), users.toString());

        assertThat(run("provision", request, "--state-dir", directory.resolve("state").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("16,384").doesNotContain("\tat ");
        assertThat(directory.resolve("state")).doesNotExist();
    }

    @Test
    void rendering_gives_all_that_terraform_and_the_instance_get() throws Exception {
        Path into = directory.resolve("rendered");

        assertThat(run("render", request(REQUEST), "--into", into.toString())).isZero();

        assertThat(into).isDirectoryContaining(file -> file.endsWith("main.tf"));
        assertThat(into.resolve(".terraform.lock.hcl")).isRegularFile();
        assertThat(into.resolve("bootstrap/users.csv")).hasSameBinaryContentAs(directory.resolve("users.csv"));
        assertThat(into.resolve("bootstrap/docker-compose.yml")).content().contains("nginx:1.27");
        byte[] userData = Files.readAllBytes(into.resolve("bootstrap/user-data"));
        assertThat(new GZIPInputStream(new java.io.ByteArrayInputStream(userData)).readAllBytes()).asString().startsWith("#!");
        JsonNode variables = new ObjectMapper().readTree(into.resolve("terraform.tfvars.json").toFile());
        assertThat(variables.path("deployment_name").asText()).isEqualTo("web");
        assertThat(variables.path("generations").path("render").path("ports").get(0).path("port").asInt()).isEqualTo(80);
    }

    @Test
    void unknown_deployments_and_usage_errors_are_told_in_a_sentence() throws Exception {
        assertThat(run("show", "web", "--state-dir", directory.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("There is no deployment \"web\"");
        assertThat(run("destroy", "../web", "--state-dir", directory.toString())).isEqualTo(2);
        assertThat(run("provision")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(run("list", "--state-dir", directory.toString())).isZero();
        assertThat(out.toString()).isEqualTo("No deployments.\n");
    }

    @Test
    void destroying_what_never_existed_is_done_unless_that_is_asked_to_fail() throws Exception {
        String[] destroy = {"destroy", "web", "--state-dir", directory.toString()};

        assertThat(run(destroy)).isZero();
        assertThat(err.toString()).isEqualTo("ec2-docker: There is no deployment \"web\" in " + directory + "; nothing was destroyed.\n");
        assertThat(run("destroy", "web", "--state-dir", directory.toString(), "--json")).isZero();
        assertThat(json().path("status").asText()).isEqualTo("succeeded");
        assertThat(json().path("deployment").asText()).isEqualTo("web");
        assertThat(json().path("outputs").isObject()).isTrue();
        assertThat(run("destroy", "web", "--fail-if-missing", "--state-dir", directory.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("There is no deployment \"web\" in " + directory);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void history_tells_which_runs_can_be_come_back_to_and_which_one_serves() throws Exception {
        store("history.json");

        assertThat(run("history", "web", "--state-dir", directory.toString())).isZero();
        assertThat(out.toString().lines().skip(1)).containsExactly(
                "  20260101-120000-00000001   provision  succeeded     yes   2026-01-01T12:00:00Z  alice",
                "  20260101-130000-00000002   provision  failed        no    2026-01-01T13:00:00Z  alice",
                "* 20260101-140000-00000003   rollback   succeeded     yes   2026-01-01T14:00:00Z  bob, back to 20260101-120000-00000001");
        assertThat(run("history", "web", "--state-dir", directory.toString(), "--json")).isZero();
        assertThat(json()).hasSize(3);
        assertThat(json().get(1).path("good").asBoolean(true)).isFalse();
        assertThat(json().get(2).path("serves").asBoolean()).isTrue();
        assertThat(json().get(2).path("backTo").asText()).isEqualTo("20260101-120000-00000001");
    }

    @Test
    void a_rollback_that_leads_nowhere_is_told_in_a_sentence() throws Exception {
        store("history.json");
        String state = directory.toString();

        assertThat(run("rollback", "shop", "--state-dir", state)).isEqualTo(2);
        assertThat(err.toString()).contains("There is no deployment \"shop\"");
        assertThat(run("rollback", "web", "--to", "20260101-130000-00000002", "--state-dir", state)).isEqualTo(2);
        assertThat(err.toString()).contains("cannot be rolled back to: it did not succeed");
        assertThat(run("rollback", "web", "--to", "yesterday", "--state-dir", state)).isEqualTo(2);
        assertThat(err.toString()).contains("has no run \"yesterday\"");
        assertThat(run("rollback", "web", "--state-dir", state)).isEqualTo(2);
        assertThat(err.toString()).contains("has no earlier good run with another request");
    }

    /** A deployment that ran once, was left alone by a run that failed, and was brought back to what it was. */
    private void store(String resource) throws IOException {
        Path deployment = Files.createDirectories(directory.resolve("web")).resolve("deployment.json");
        try (var in = getClass().getResourceAsStream(resource)) {
            Files.write(deployment, in.readAllBytes());
        }
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine command = Main.commandLine(System.getenv()).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return Main.run(command, arguments);
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out.toString());
    }

    private String request(String yaml) throws IOException {
        Files.writeString(directory.resolve("users.csv"), "username,email\nada,ada@example.com\n");
        return Files.writeString(directory.resolve("request.yml"), yaml).toString();
    }
}
