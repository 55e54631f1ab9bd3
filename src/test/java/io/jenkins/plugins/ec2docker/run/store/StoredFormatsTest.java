package io.jenkins.plugins.ec2docker.run.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ec2docker.aws.state.S3StateAddress;
import io.jenkins.plugins.ec2docker.blueprint.instance.BlueGreenVariables;
import io.jenkins.plugins.ec2docker.blueprint.spec.Generation;
import io.jenkins.plugins.ec2docker.images.ImageDigests;
import io.jenkins.plugins.ec2docker.platform.ContentHash;
import io.jenkins.plugins.ec2docker.platform.Encryption;
import io.jenkins.plugins.ec2docker.platform.StoredJson;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.request.model.OnFailure;
import io.jenkins.plugins.ec2docker.request.model.OnImageChange;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.run.model.ActionRecord;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.NextStep;
import io.jenkins.plugins.ec2docker.run.model.ProvisioningRun;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import io.jenkins.plugins.ec2docker.run.model.UpdateDecision;
import io.jenkins.plugins.ec2docker.run.site.RunDirectories;
import io.jenkins.plugins.ec2docker.run.state.CrashRecovery;
import io.jenkins.plugins.ec2docker.run.state.StateBackend;
import io.jenkins.plugins.ec2docker.terraform.command.WorkspaceFiles;
import io.jenkins.plugins.ec2docker.terraform.documents.ChangeAction;
import io.jenkins.plugins.ec2docker.terraform.documents.PlanSummary;
import io.jenkins.plugins.ec2docker.terraform.documents.StateContent;
import io.jenkins.plugins.ec2docker.terraform.documents.StateReader;
import io.jenkins.plugins.ec2docker.terraform.events.Event;
import io.jenkins.plugins.ec2docker.terraform.process.TerraformProcess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is on the disks of users is read for ever: the stores in {@code src/test/resources/stored-formats}, whose README says how they were
 * recorded, are read and written back by today's classes.
 */
class StoredFormatsTest {

    private static final Path FIXTURES = Path.of("src/test/resources/stored-formats");
    private static final ObjectMapper MAPPER = StoredJson.mapper();

    private static final String FIRST = "20261130-045450-b9b14632";
    private static final String SECOND = "20261130-045521-7cf5e0ee";
    private static final String BACK = "20261130-045604-504239c4";
    private static final String GONE = "20261130-045651-bf473128";

    /** A copy for all tests that write nothing. */
    @TempDir
    private static Path shared;

    private static DeploymentStore store;
    private static DeploymentStore sealed;

    @BeforeAll
    static void open() throws IOException {
        copyTo(shared);
        store = plain(shared);
        sealed = sealed(shared);
    }

    private static void copyTo(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(FIXTURES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = directory.resolve(FIXTURES.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    private static DeploymentStore plain(Path directory) {
        return new DeploymentStore(directory.resolve("command-line"), Encryption.NONE);
    }

    private static DeploymentStore sealed(Path directory) {
        return new DeploymentStore(directory.resolve("sealed"), new TestSeal());
    }

    @Test
    void all_deployments_are_listed() throws Exception {
        assertThat(store.list()).extracting(each -> each.name() + " " + each.blueprint() + " " + each.status().text()).containsExactly(
                "archive instance live", "cache instance incomplete", "killed instance incomplete", "never instance empty",
                "web instance empty");
        assertThat(sealed.list()).extracting(each -> each.name() + " " + each.blueprint() + " " + each.status().text()).containsExactly(
                "actions instance empty", "api fargate live", "shop autoscaled live");
        assertThat(store.list()).allSatisfy(each -> assertThat(each.region()).isEqualTo("eu-central-1"));
    }

    @Test
    void a_deployment_that_is_gone_keeps_its_history() throws Exception {
        Deployment web = store.find("web").orElseThrow();

        assertThat(web.id()).isEqualTo("web-479239b3");
        assertThat(web.owner()).isEqualTo("alice");
        assertThat(web.account()).isEqualTo("123456789012");
        assertThat(web.created()).isEqualTo(Instant.parse("2026-11-30T04:54:50.259871643Z"));
        assertThat(web.updated()).isEqualTo(Instant.parse("2026-11-30T04:57:12.381387850Z"));
        assertThat(web.isGone()).isTrue();
        assertThat(web.outputs()).isEmpty();
        assertThat(web.runs()).extracting(RunSummary::id).containsExactly(FIRST, SECOND, BACK, GONE);
        assertThat(web.runs()).extracting(RunSummary::purpose)
                .containsExactly(Purpose.PROVISION, Purpose.PROVISION, Purpose.ROLLBACK, Purpose.DESTROY);
        assertThat(web.runs()).extracting(RunSummary::isGood).containsExactly(true, true, true, false);
        RunSummary back = web.run(BACK).orElseThrow();
        assertThat(back.backTo()).isEqualTo(FIRST);
        assertThat(back.content()).isEqualTo(web.run(FIRST).orElseThrow().content());
        assertThat(back.message()).startsWith("Provisioned: the new instance was verified");
        assertThat(back.status()).isEqualTo("succeeded");
        assertThat(back.unsettled()).isFalse();
    }

    @Test
    void deployments_that_serve_have_their_outputs_in_order() throws Exception {
        Deployment archive = store.find("archive").orElseThrow();
        Deployment shop = sealed.find("shop").orElseThrow();
        Deployment api = sealed.find("api").orElseThrow();

        assertThat(archive.outputs().keySet()).containsExactly(
                "availability_zone", "instance_id", "private_ip", "public_dns", "public_ip", "security_group_id", "url");
        assertThat(archive.outputs().get("instance_id").asText()).isEqualTo("i-c32b8c1124fd37eff");
        assertThat(archive.good()).isTrue();
        assertThat(archive.expires()).isNull();
        assertThat(archive.appliedRun()).isEqualTo("20261130-045730-fbf8cefb");
        assertThat(archive.boot()).isEqualTo(new Generation(
                "1ce86259e22b74995f4d84e0cb21cc3eee2ce1a88ceec60f3a4a6ace44e07568", "20261130-045730-fbf8cefb"));
        assertThat(shop.outputs().get("launch_template_version").asInt()).isEqualTo(1);
        assertThat(shop.outputs().get("nat_addresses").isArray()).isTrue();
        assertThat(api.outputs().get("log_group_names").get(0).asText()).isEqualTo("/ec2-docker/api-4caf6a80/containers");
        assertThat(api.boot().digest()).isEqualTo("5075465bb9f77940658a03159c62d90d8f87481369ee9c89435b4124bb302c81");
    }

    @Test
    void a_deployment_says_what_is_unsure_about_it() throws Exception {
        Deployment cache = store.find("cache").orElseThrow();

        assertThat(cache.redeploying()).isEqualTo("20260302-090000-0000000b");
        assertThat(cache.beside()).isEqualTo(new Generation("c".repeat(64), "20260303-090000-0000000c"));
        assertThat(cache.boot().runId()).isEqualTo("20260301-090000-0000000a");
        assertThat(cache.expires()).isEqualTo(Instant.parse("2026-03-03T12:00:00.123456789Z"));
        assertThat(cache.outputs().keySet()).containsExactly("instance_id", "public_ip", "url", "absent", "list");
        assertThat(cache.outputs().get("absent").isNull()).isTrue();
        assertThat(cache.instanceId()).contains("i-0123456789abcdef0");
        assertThat(cache.runs()).extracting(RunSummary::unsettled).containsExactly(false, true, true);
        assertThat(cache.runs()).extracting(RunSummary::status).containsExactly("succeeded", "interrupted", null);
    }

    @Test
    void requests_are_read_as_they_were_given() throws Exception {
        ProvisionRequest web = request(store, "web", SECOND);
        ProvisionRequest cache = request(store, "cache", "20260301-090000-0000000a");
        ProvisionRequest shop = request(sealed, "shop", "20261130-045801-464d4f4a");
        ProvisionRequest api = request(sealed, "api", "20261130-045940-358c517f");

        assertThat(web.tags()).isEqualTo(Map.of("team", "shop", "release", "second"));
        assertThat(web.containers().get(0).image().text()).isEqualTo("nginx:1.28");
        assertThat(web.containers().get(0).environment()).isEqualTo(Map.of("GREETING", "Hello", "EMPTY", ""));
        assertThat(web.containers().get(0).ports()).extracting(Object::toString).containsExactly("8080:80/tcp", "53:53/udp");
        assertThat(web.network().elasticIp()).isTrue();
        assertThat(web.expiresAfter()).isEqualTo(Duration.ofHours(8));
        assertThat(cache.onImageChange()).isEqualTo(OnImageChange.REDEPLOY);
        assertThat(cache.onFailure()).isEqualTo(OnFailure.DESTROY);
        assertThat(cache.schedule().start()).isEqualTo("0 8 * * mon-fri");
        assertThat(cache.role().externalId()).isEqualTo("jenkins:42");
        assertThat(cache.health().timeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(shop.section("scaling")).isEqualTo(Map.of("min", 1, "max", 2));
        assertThat(shop.section("network")).containsEntry("nat", "none").containsEntry("flowLogs", false);
        assertThat(api.blueprint()).isEqualTo("fargate");
        assertThat(api.instanceType()).isNull();
    }

    @Test
    void inputs_hold_what_was_rendered() throws Exception {
        assertThat(store.inputs("web", FIRST).contents().keySet()).containsExactly(
                ".terraform.lock.hcl", "bootstrap/boot.sh", "bootstrap/docker-compose.yml", "bootstrap/user-data", "bootstrap/users.csv",
                "main.tf",
                "outputs.tf", "terraform.tfvars.json", "variables.tf", "versions.tf");
        assertThat(new String(store.users("web", BACK), UTF_8)).isEqualTo("username,email\nada,ada@example.com\n");
        assertThat(store.users("archive", "20261130-045730-fbf8cefb")).isNull();
        for (DeploymentStore each : List.of(store, sealed)) {
            for (Deployment deployment : each.list()) {
                if (deployment.appliedRun() != null && !deployment.name().equals("killed")) {
                    byte[] variables = each.inputs(deployment.name(), deployment.appliedRun()).contents().get("terraform.tfvars.json");
                    assertThat(MAPPER.readTree(variables).path("deployment_id").asText()).isEqualTo(deployment.id());
                }
            }
        }
    }

    @Test
    void an_instance_that_serves_can_be_kept_beside_the_next_one() throws Exception {
        WorkspaceFiles both = BlueGreenVariables.workspace(store.inputs("web", SECOND), store.inputs("web", FIRST), FIRST);

        assertThat(MAPPER.readTree(both.contents().get("terraform.tfvars.json")).path("generations").has(FIRST)).isTrue();
        assertThat(both.contents().get("retained/user-data")).isEqualTo(store.inputs("web", FIRST).contents().get("bootstrap/user-data"));
    }

    @Test
    void images_are_rendered_with_the_digests_they_had() throws Exception {
        assertThat(store.images("cache", "20260302-090000-0000000b")).containsExactly(
                "nginx:1.28@sha256:" + "d".repeat(64), "redis:7.4@sha256:" + "b".repeat(64));
        assertThat(store.images("web", FIRST)).containsExactly("nginx:1.27");
        assertThat(store.pins("never", "20260301-080000-00000001")).isEmpty();
    }

    @Test
    void a_redeployment_knows_its_instance_and_its_commands() throws Exception {
        String run = "20260302-090000-0000000b";

        assertThat(store.redeployDecision("cache", run)).contains(UpdateDecision.inPlace("i-0123456789abcdef0"));
        assertThat(store.redeployDecision("cache", "20260303-090000-0000000c")).contains(UpdateDecision.ANEW);
        assertThat(store.redeployDecision("cache", "20260301-090000-0000000a")).contains(UpdateDecision.ORDINARY);
        assertThat(store.redeployDecision("web", FIRST)).contains(UpdateDecision.ORDINARY);
        assertThat(store.command("cache", run, run)).contains("01234567-89ab-cdef-0123-456789abcdef");
        assertThat(store.command("cache", run, run + "-back")).contains("fedcba98-7654-3210-fedc-ba9876543210");
    }

    @Test
    void states_are_read_version_by_version() throws Exception {
        assertThat(versions(store, "web")).containsExactly(
                "1 " + FIRST + " null", "2 " + SECOND + " null", "3 " + SECOND + " null", "4 " + BACK + " null", "5 " + BACK + " null",
                "6 " + GONE + " null");
        assertThat(versions(store, "cache")).containsExactly(
                "1 20260301-090000-0000000a null", "2 20260302-090000-0000000b null", "3 20260301-090000-0000000a 1");
        assertThat(versions(store, "archive")).containsExactly("1 20261130-045730-fbf8cefb null");
        assertThat(versions(sealed, "shop")).containsExactly("1 20261130-045801-464d4f4a null");
        StateContent first = state(store, "web", 1);
        assertThat(first.terraformVersion()).isEqualTo("1.11.4");
        assertThat(first.instances()).extracting(StateContent.Instance::address).contains("aws_instance.this[\"" + FIRST + "\"]");
        assertThat(state(store, "web", 5).lineage()).isEqualTo(first.lineage());
        assertThat(state(store, "web", 5).serial()).isGreaterThan(first.serial());
        assertThat(state(store, "web", 6).instances()).isEmpty();
        assertThat(state(sealed, "api", 1).instances()).isNotEmpty();
        assertThat(store.latestState(store.find("cache").orElseThrow())).isEqualTo(
                store.states("cache").read(store.states("cache").find(1).orElseThrow()));
    }

    @Test
    void a_state_that_is_known_is_not_kept_twice_and_the_next_one_is_encrypted(@TempDir Path directory) throws Exception {
        copyTo(directory);
        StateVersions versions = sealed(directory).states("shop");
        byte[] state = versions.read(versions.latest().orElseThrow());

        assertThat(versions.add("later", state).number()).isEqualTo(1);
        StateVersions.Version next = versions.add("later", (new String(state, UTF_8) + " ").getBytes(UTF_8));

        assertThat(next.file()).hasFileName("000002-later.tfstate");
        assertThat(Files.readString(next.file(), ISO_8859_1)).startsWith(TestSeal.HEAD);
    }

    @Test
    void a_state_in_s3_is_found_and_configured_for_terraform() throws Exception {
        Deployment cache = store.find("cache").orElseThrow();
        Deployment archive = store.find("archive").orElseThrow();

        assertThat(store.s3(archive)).contains(
                new S3StateAddress("states-of-ec2-docker", "team/archive-3895e3d6/terraform.tfstate", "eu-central-1", null, null));
        assertThat(store.s3(store.find("web").orElseThrow())).isEmpty();
        assertThat(new String(stateHome().with(cache, store.inputs("cache", cache.appliedRun())).contents().get("backend.tf.json"), UTF_8))
                .isEqualTo("""
                {
                  "terraform" : {
                    "backend" : {
                      "s3" : {
                        "bucket" : "states-of-ec2-docker",
                        "key" : "team/cache-0000000a/terraform.tfstate",
                        "region" : "eu-west-1",
                        "encrypt" : true,
                        "use_lockfile" : true,
                        "kms_key_id" : "arn:aws:kms:eu-west-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef",
                        "dynamodb_table" : "locks",
                        "skip_credentials_validation" : true,
                        "skip_requesting_account_id" : true
                      }
                    }
                  }
                }""");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            provision-at-prepare     | PROVISION | DESTROY | true  | PREPARE     | ASSUME_ROLE
            provision-at-assume-role | PROVISION | DESTROY | true  | ASSUME_ROLE | PREPARE
            provision-at-init        | PROVISION | DESTROY | true  | INIT        | ASSUME_ROLE
            provision-at-plan        | PROVISION | DESTROY | true  | PLAN        | VALIDATE
            provision-at-validate    | PROVISION | DESTROY | true  | VALIDATE    | PLAN
            provision-at-review      | PROVISION | DESTROY | true  | REVIEW      | VALIDATE
            provision-at-apply       | PROVISION | DESTROY | true  | APPLY       |
            provision-at-verify      | PROVISION | DESTROY | true  | VERIFY      |
            rollback-at-apply        | ROLLBACK  | KEEP    | false | APPLY       |
            plan-at-review           | PLAN      | KEEP    | false | REVIEW      | VALIDATE
            destroy-at-destroy       | DESTROY   | KEEP    | false | DESTROY     |
            update-at-cutover        | PROVISION | DESTROY | false | CUTOVER     |
            update-at-retreat        | PROVISION | DESTROY | false | RETREAT     |
            redeploy-at-redeploy     | PROVISION | KEEP    | false | REDEPLOY    |
            redeploy-at-restore      | PROVISION | KEEP    | false | RESTORE     |
            failed-at-reclaim        | PROVISION | DESTROY | true  | RECLAIM     |
            failed-at-destroy        | PROVISION | DESTROY | true  | DESTROY     |
            interrupted-at-apply     | PROVISION | DESTROY | true  | APPLY       |
            """)
    void a_run_in_any_action_goes_on_from_there(
            String id, Purpose purpose, OnFailure onFailure, boolean fresh, Action underWay, Action beside) throws Exception {
        ProvisioningRun run = run(sealed, "actions", id);

        assertThat(run.id()).isEqualTo(id);
        assertThat(run.purpose()).isEqualTo(purpose);
        assertThat(run.onFailure()).isEqualTo(onFailure);
        assertThat(run.fresh()).isEqualTo(fresh);
        assertThat(run.actions().stream().filter(ActionRecord::isUnderWay).map(ActionRecord::action)).containsExactly(underWay);
        assertThat(run.next()).isEqualTo(beside == null ? new NextStep.Await() : new NextStep.Start(List.of(beside)));
        assertThat(run.interrupted() != null).isEqualTo(id.startsWith("interrupted"));
        assertThat(run.isHandover()).isEqualTo(id.startsWith("update"));
        assertThat(run.isInPlace()).isEqualTo(id.startsWith("redeploy"));
    }

    @Test
    void every_action_but_the_wait_for_a_yes_is_in_a_run() throws Exception {
        List<Action> seen = new ArrayList<>();
        for (RunSummary each : sealed.find("actions").orElseThrow().runs()) {
            run(sealed, "actions", each.id()).actions().forEach(record -> seen.add(record.action()));
        }
        assertThat(Stream.of(Action.values()).filter(action -> !action.name().equals("APPROVE"))).allMatch(seen::contains);
    }

    @Test
    void runs_that_are_over_keep_their_verdict() throws Exception {
        ProvisioningRun finished = run(sealed, "actions", "finished");
        ProvisioningRun refused = run(sealed, "actions", "refused-after-review");
        ProvisioningRun never = run(store, "never", "20260301-080000-00000001");

        assertThat(finished.next()).isEqualTo(new NextStep.Finished(new RunResult(RunResult.Status.SUCCEEDED, "Provisioned.", true)));
        assertThat(finished.record(Action.VERIFY).orElseThrow().outcome().message()).isEqualTo("http://203.0.113.7/up answers.");
        PlanSummary plan = finished.plan().orElseThrow();
        assertThat(plan.line()).isEqualTo("2 to create, 1 to change, 1 to replace, 1 to destroy");
        assertThat(plan.unchanged()).isEqualTo(4);
        assertThat(plan.resources().get(2)).isEqualTo(new PlanSummary.ResourceChange(
                "aws_eip_association.this[0]", "aws_eip_association", ChangeAction.REPLACE, "replace_because_cannot_update"));
        assertThat(refused.next()).isInstanceOfSatisfying(NextStep.Finished.class,
                end -> assertThat(end.result().status()).isEqualTo(RunResult.Status.REFUSED));
        assertThat(never.record(Action.PREPARE).orElseThrow().outcome().refusals()).containsExactly(
                new Violation("instanceType", "t3.small", "is not allowed here; choose from: t3.micro."),
                new Violation("", "", "The whole document is refused."));
        assertThat(run(store, "web", SECOND).isHandover()).isTrue();
        assertThat(run(store, "web", GONE).record(Action.DESTROY).orElseThrow().outcome().stateEmpty()).isTrue();
        assertThat(run(sealed, "shop", "20261130-045801-464d4f4a").isComplete()).isTrue();
    }

    @Test
    void events_of_a_run_are_read() throws Exception {
        Path run = shared.resolve("command-line/web/runs").resolve(FIRST);
        TerraformProcess apply = new RunDirectories(shared, run).process(Action.APPLY).orElseThrow();
        List<Event> events = new ArrayList<>();

        apply.events(0).drain(true, events::add);

        assertThat(events).filteredOn(Event.ApplyComplete.class::isInstance).hasSizeGreaterThan(5);
        assertThat(apply.exitCode()).hasValue(0);
        assertThat(apply.status().isOver()).isTrue();
    }

    @Test
    void what_a_killed_run_left_is_taken_over(@TempDir Path directory) throws Exception {
        copyTo(directory);
        DeploymentStore store = plain(directory);
        Path lock = directory.resolve("command-line/killed/lock");
        String run = "20260304-100000-00000004";
        List<String> notes = new ArrayList<>();

        assertThat(DeploymentLock.holder(lock)).contains(new DeploymentLock.Holder(
                run, Purpose.PROVISION, "alice", "builder-1", 4711, Instant.parse("2026-03-01T12:00:43.123456789Z")));
        assertThat(store.leftoverWork("killed")).containsExactly(run);
        try (DeploymentLock taken = store.lock("killed", DeploymentLock.Holder.here("next", Purpose.DESTROY, "bob", Instant.now()))) {
            new CrashRecovery(store, Duration.ofSeconds(1), notes::add).of("killed");
        }

        assertThat(versions(store, "killed")).containsExactly("1 " + run + " null");
        assertThat(store.leftoverWork("killed")).isEmpty();
        assertThat(notes).containsExactly("Run " + run + " never came to its end. What it left has been taken over: the state is kept.");
        assertThat(store.find("killed").orElseThrow().isUnsettledBefore("next")).isTrue();
    }

    @Test
    void what_was_encrypted_is_read_with_its_key_alone() {
        DeploymentStore open = new DeploymentStore(shared.resolve("sealed"), Encryption.NONE);
        DeploymentStore closed = new DeploymentStore(shared.resolve("command-line"), new TestSeal());

        assertThatThrownBy(() -> open.request("shop", "20261130-045801-464d4f4a")).isInstanceOf(Exception.class);
        assertThatThrownBy(() -> closed.request("web", FIRST)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> closed.inputs("web", FIRST)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> closed.states("web").read(closed.states("web").latest().orElseThrow())).isInstanceOf(IOException.class);
    }

    @Test
    void all_is_written_back_byte_for_byte(@TempDir Path directory) throws Exception {
        copyTo(directory);
        Map<Path, Map<String, byte[]>> inputs = new HashMap<>();
        for (DeploymentStore each : List.of(plain(directory), sealed(directory))) {
            for (Deployment deployment : each.list()) {
                String name = deployment.name();
                each.save(deployment);
                Optional<S3StateAddress> s3 = each.s3(deployment);
                if (s3.isPresent()) {
                    each.saveS3(deployment, s3.get());
                }
                for (RunSummary summary : deployment.runs()) {
                    inputs.putAll(rewritten(each, name, summary));
                }
            }
        }

        assertThat(contents(directory)).isEqualTo(contents(FIXTURES));
        for (Map.Entry<Path, Map<String, byte[]>> each : inputs.entrySet()) {
            byte[] zip = new TestSeal().openIfSealed(Files.readAllBytes(each.getKey()));
            assertThat(hashes(WorkspaceFiles.unzip(zip).contents())).as(each.getKey().toString()).isEqualTo(hashes(each.getValue()));
        }
    }

    /** @return what is in the run's archive, by the archive's file */
    private static Map<Path, Map<String, byte[]>> rewritten(DeploymentStore store, String name, RunSummary summary) throws Exception {
        String id = summary.id();
        Path run = store.runDirectory(name, id);
        if (Files.exists(run.resolve("run.json"))) {
            store.saveRun(name, run(store, name, id));
        }
        Optional<ImageDigests> pins = store.pins(name, id);
        if (pins.isPresent()) {
            store.savePins(name, id, pins.get());
        }
        Optional<UpdateDecision> decision = store.redeployDecision(name, id);
        if (decision.isPresent()) {
            store.saveRedeployDecision(name, id, decision.get());
        }
        if (!Files.exists(run.resolve("request.json"))) {
            return Map.of();
        }
        WorkspaceFiles inputs = store.inputs(name, id);
        String content = store.saveInputs(name, id, store.stored(name, id), inputs);
        if (summary.content() != null) {
            assertThat(content).as("what rollbacks compare, of run " + id).isEqualTo(summary.content());
        }
        return Map.of(run.resolve("inputs.zip"), inputs.contents());
    }

    /**
     * SHA-256 by name. Not of archives: another version of zlib packs them into other bytes. And without {@code approval}, which no run ever
     * had and the last version may write or not.
     */
    private static SortedMap<String, String> contents(Path directory) throws IOException {
        SortedMap<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).filter(each -> !each.endsWith("inputs.zip")).toList()) {
                String name = directory.relativize(file).toString();
                byte[] bytes = Files.readAllBytes(file);
                contents.put(name, name.endsWith("run.json")
                        ? new String(bytes, UTF_8).replace("  \"approval\" : false,\n", "").getBytes(UTF_8) : bytes);
            }
        }
        return hashes(contents);
    }

    private static SortedMap<String, String> hashes(Map<String, byte[]> contents) {
        SortedMap<String, String> hashes = new TreeMap<>();
        contents.forEach((name, bytes) -> hashes.put(name, ContentHash.of(bytes)));
        return hashes;
    }

    private static ProvisionRequest request(DeploymentStore store, String name, String run) throws IOException {
        return store.request(name, run);
    }

    private static ProvisioningRun run(DeploymentStore store, String name, String run) throws IOException {
        return MAPPER.readValue(Files.readAllBytes(store.runDirectory(name, run).resolve("run.json")), ProvisioningRun.class);
    }

    private static List<String> versions(DeploymentStore store, String name) throws IOException {
        return store.states(name).list().stream().map(each -> each.number() + " " + each.runId() + " " + each.restored()).toList();
    }

    private static StateContent state(DeploymentStore store, String name, int number) throws IOException {
        StateVersions versions = store.states(name);
        byte[] state = versions.read(versions.find(number).orElseThrow());
        return ((StateReader.Reading.State) StateReader.read(new ByteArrayInputStream(state))).version();
    }

    private static StateBackend stateHome() {
        RunSettings settings = new RunSettings(null, null, Map.of(), Guardrails.UNRESTRICTED, 25, Duration.ofMinutes(1), "alice");
        return new StateBackend(store, settings, () -> {
            throw new AssertionError("asked for keys");
        }, note -> {});
    }

    /** As Jenkins encrypts, but readable for ever: the key is here. */
    private static final class TestSeal implements Encryption {

        static final String HEAD = "sealed by a test\n";

        @Override
        public byte[] seal(byte[] open) {
            byte[] sealed = Arrays.copyOf(HEAD.getBytes(UTF_8), HEAD.length() + open.length);
            for (int i = 0; i < open.length; i++) {
                sealed[HEAD.length() + i] = (byte) (open[i] ^ 0x5a);
            }
            return sealed;
        }

        @Override
        public byte[] open(byte[] sealed) throws IOException {
            if (!isSealed(sealed)) {
                throw new IOException("not sealed by this test");
            }
            byte[] open = Arrays.copyOfRange(sealed, HEAD.length(), sealed.length);
            for (int i = 0; i < open.length; i++) {
                open[i] ^= 0x5a;
            }
            return open;
        }

        byte[] openIfSealed(byte[] bytes) throws IOException {
            return isSealed(bytes) ? open(bytes) : bytes;
        }

        private static boolean isSealed(byte[] bytes) {
            byte[] head = HEAD.getBytes(UTF_8);
            return bytes.length >= head.length && Arrays.equals(Arrays.copyOf(bytes, head.length), head);
        }
    }
}
