package io.jenkins.plugins.ec2docker.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.blueprint.instance.InstanceRequestFields;
import io.jenkins.plugins.ec2docker.platform.Encryption;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.model.OnFailure;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.request.parse.StoredRequest;
import io.jenkins.plugins.ec2docker.run.config.AwsRunSession;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Outcome;
import io.jenkins.plugins.ec2docker.run.model.ProvisioningRun;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.site.LocalSite;
import io.jenkins.plugins.ec2docker.run.site.RunDirectories;
import io.jenkins.plugins.ec2docker.run.site.TerraformErrors;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.terraform.command.TerraformBinary;
import io.jenkins.plugins.ec2docker.terraform.command.WorkspaceFiles;
import io.jenkins.plugins.ec2docker.terraform.process.ProcessStatus;
import io.jenkins.plugins.ec2docker.terraform.provider.CliConfiguration;
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
    private static final ProvisioningRun RUN =
            ProvisioningRun.begin("run-1", Purpose.PROVISION, OnFailure.DESTROY, true).started(Action.VALIDATE, NOW);

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
        TerraformErrors errors = new TerraformErrors(InstanceRequestFields::field);

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
        TerraformErrors errors = new TerraformErrors(InstanceRequestFields::field);
        ProcessStatus status = site.await(Action.VALIDATE, errors);
        Files.writeString(directories().files(Action.VALIDATE).stdout(), "{\"valid\": false, \"diagno");

        assertThat(steps(site).concluded(Action.VALIDATE, RUN, status, errors).message()).startsWith("terraform validate failed. ");
        assertThat(notes).isEmpty();
    }

    @Test
    void a_valid_configuration_says_nothing() throws Exception {
        LocalSite site = validated("output \"first\" {\n  value = 1\n}\n");
        TerraformErrors errors = new TerraformErrors(InstanceRequestFields::field);

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

    private RunDirectories directories() {
        return new RunDirectories(directory.resolve("workspace"), directory.resolve("processes"));
    }

    private RunSteps steps(LocalSite site) throws Exception {
        ProvisionRequest request = RequestParser.parse(DocumentReader.read(
                "{name: web, region: eu-central-1, instanceType: t3.small, containers: [{image: nginx}]}", DocumentReader.Format.YAML))
                .orElseThrow();
        RunSettings settings = new RunSettings(null, null, Map.of(), Guardrails.UNRESTRICTED, 1, Duration.ofSeconds(1), "alice");
        AwsRunSession session =
                AwsRunSession.of(request, () -> SessionCredentials.ofUser("AKIATESTTESTTEST4711", "secret"), settings, "test", "run-1",
                        Clock.systemUTC(), notes::add);
        return new RunSteps(
                new RunTools(new DeploymentStore(directory, Encryption.NONE), settings, session, site, Clock.systemUTC(), notes::add),
                Deployment.begin("web", "web-0a1b2c3d", "instance", "eu-central-1", "alice", NOW), StoredRequest.of(request), null);
    }
}
