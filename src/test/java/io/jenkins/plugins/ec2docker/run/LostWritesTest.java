package io.jenkins.plugins.ec2docker.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.blueprint.instance.InstanceRequestFields;
import io.jenkins.plugins.ec2docker.blueprint.spec.Generation;
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
import io.jenkins.plugins.ec2docker.run.state.CrashRecovery;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.terraform.process.ProcessStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a full disk makes of the state that Terraform was writing, and what is known afterwards. */
class LostWritesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path directory;

    private final List<String> notes = new ArrayList<>();
    private DeploymentStore store;
    private byte[] known;
    private Path workspace;

    @BeforeEach
    void store() throws Exception {
        store = new DeploymentStore(directory, Encryption.NONE);
        known = Files.readAllBytes(Path.of("src/test/resources/io/jenkins/plugins/ec2docker/terraform/state-created.json"));
        store.states("web").add("run-1", known);
        workspace = store.workDirectory("web", "run-2");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 500})
    void a_state_that_was_cut_off_takes_the_place_of_none_and_is_no_sign_that_nothing_is_there(int bytes) throws Exception {
        Files.write(workspace.resolve(RunDirectories.STATE), Arrays.copyOf(known, bytes));

        Outcome outcome = destruction().concluded(Action.DESTROY, begun(), new ProcessStatus.Finished(1),
                new TerraformErrors(InstanceRequestFields::field));

        assertThat(outcome.stateEmpty()).isFalse();
        assertThat(latest()).isEqualTo(known);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 500})
    void what_a_killed_run_left_cut_off_is_not_taken_over(int bytes) throws Exception {
        Files.write(workspace.resolve(RunDirectories.STATE), Arrays.copyOf(known, bytes));

        new CrashRecovery(store, Duration.ofSeconds(1), notes::add).of("web");

        assertThat(latest()).isEqualTo(known);
        assertThat(workspace).doesNotExist();
        assertThat(notes).contains("Run run-2 never came to its end. What it left has been taken over: the state is kept.");
    }

    @Test
    void a_state_is_kept_only_when_the_store_has_it() {
        ProvisioningRun running = begun();

        assertThat(ProvisioningRun.begin("run-2", Purpose.DESTROY, OnFailure.KEEP, false).isStateKept()).isTrue();
        assertThat(running.ended(Action.DESTROY, Outcome.failed("No space left on device."), NOW).isStateKept()).isFalse();
        assertThat(running.ended(Action.DESTROY, Outcome.failed("").withStateEmpty(false), NOW).isStateKept()).isTrue();
    }

    private byte[] latest() throws Exception {
        return store.states("web").read(store.states("web").latest().orElseThrow());
    }

    private static ProvisioningRun begun() {
        return ProvisioningRun.begin("run-2", Purpose.DESTROY, OnFailure.KEEP, false).started(Action.DESTROY, NOW);
    }

    private RunSteps destruction() throws Exception {
        ProvisionRequest request = RequestParser.parse(DocumentReader.read(
                "{name: web, region: eu-central-1, instanceType: t3.small, containers: [{image: nginx}]}", DocumentReader.Format.YAML))
                .orElseThrow();
        Deployment deployment = Deployment.begin("web", "web-0a1b2c3d", "instance", "eu-central-1", "alice", NOW)
                .applying("run-1", new Generation("digest", "run-1"), null, NOW);
        RunSettings settings =
                new RunSettings(null, null, Map.of(), Guardrails.UNRESTRICTED, 1, Duration.ofSeconds(1), "alice");
        LocalSite site = new LocalSite(null, null, Map.of(), new RunDirectories(workspace, store.runDirectory("web", "run-2")));
        AwsRunSession session =
                AwsRunSession.of(request, () -> SessionCredentials.ofUser("AKIATESTTESTTEST4711", "secret"), settings, "test", "run-2",
                        Clock.systemUTC(), notes::add);
        return new RunSteps(new RunTools(store, settings, session, site, Clock.systemUTC(), notes::add), deployment,
                StoredRequest.of(request), "".getBytes(UTF_8));
    }
}
