package io.jenkins.plugins.ec2docker.provisioning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.aws.SessionCredentials;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.request.OnFailure;
import io.jenkins.plugins.ec2docker.request.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.RequestDocument;
import io.jenkins.plugins.ec2docker.request.RequestParser;
import io.jenkins.plugins.ec2docker.terraform.CliConfiguration;
import io.jenkins.plugins.ec2docker.terraform.ProcessStatus;
import io.jenkins.plugins.ec2docker.terraform.TerraformBinary;
import io.jenkins.plugins.ec2docker.request.StoredRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a real {@code terraform validate}, which prints one document instead of events. */
class FailedValidationTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Run RUN = Run.begin("run-1", Purpose.PROVISION, OnFailure.DESTROY, true).started(Action.VALIDATE, NOW);

    @TempDir
    Path directory;

    private final List<String> notes = new ArrayList<>();

    @Test
    void what_terraform_found_is_the_reason_and_all_of_it_is_reported() throws Exception {
        LocalSite site = validated("""
                output "first" {
                  valu = 1
                }
                """);
        FirstError errors = new FirstError(AskedFor::field);

        Outcome outcome = steps(site).concluded(Action.VALIDATE, RUN, site.await(Action.VALIDATE, errors), errors);

        assertThat(outcome.ok()).isFalse();
        assertThat(outcome.message()).isEqualTo("terraform validate failed. Error: Missing required argument.");
        assertThat(notes).containsExactly("""
                Error: Missing required argument
                    The argument "value" is required, but no definition was found.
                    at main.tf, line 1""", """
                Error: Unsupported argument
                    An argument named "valu" is not expected here. Did you mean "value"?
                    at main.tf, line 2""");
    }

    @Test
    void a_document_that_was_cut_off_leaves_the_status() throws Exception {
        LocalSite site = validated("output \"first\" {\n  valu = 1\n}\n");
        FirstError errors = new FirstError(AskedFor::field);
        ProcessStatus status = site.await(Action.VALIDATE, errors);
        Files.writeString(directories().files(Action.VALIDATE).stdout(), "{\"valid\": false, \"diagno");

        assertThat(steps(site).concluded(Action.VALIDATE, RUN, status, errors).message()).startsWith("terraform validate failed. ");
        assertThat(notes).isEmpty();
    }

    @Test
    void a_valid_configuration_says_nothing() throws Exception {
        LocalSite site = validated("output \"first\" {\n  value = 1\n}\n");
        FirstError errors = new FirstError(AskedFor::field);

        assertThat(steps(site).concluded(Action.VALIDATE, RUN, site.await(Action.VALIDATE, errors), errors)).isEqualTo(Outcome.done());
        assertThat(notes).isEmpty();
    }

    private LocalSite validated(String configuration) throws Exception {
        LocalSite site = new LocalSite(TerraformBinary.find(null, System.getenv()), null, System.getenv(), directories());
        // It has no providers, so that there is nothing to initialise.
        site.lay(new WorkspaceFiles(Map.of(
                "main.tf", configuration.getBytes(UTF_8), ".terraform.lock.hcl", new byte[0], CliConfiguration.FILE, new byte[0])), null);
        site.launch(Action.VALIDATE, Map.of());
        return site;
    }

    private TerraformDirectories directories() {
        return new TerraformDirectories(directory.resolve("workspace"), directory.resolve("processes"));
    }

    private RunSteps steps(LocalSite site) throws Exception {
        ProvisionRequest request = RequestParser.parse(RequestDocument.read(
                        "{name: web, region: eu-central-1, instanceType: t3.small, containers: [{image: nginx}]}", RequestDocument.Format.YAML))
                .orElseThrow();
        RunSettings settings = new RunSettings(null, null, Map.of(), Guardrails.UNRESTRICTED, 1, Duration.ofSeconds(1), "alice");
        RunSession session = RunSession.of(request, () -> SessionCredentials.ofUser("AKIATESTTESTTEST4711", "secret"), settings, "test", "run-1",
                Clock.systemUTC(), notes::add);
        return new RunSteps(new DeploymentStore(directory, Seal.NONE), settings, session, site, Clock.systemUTC(),
                Deployment.begin("web", "web-0a1b2c3d", "instance", "eu-central-1", "alice", NOW), StoredRequest.of(request), null, notes::add);
    }
}
