package io.jenkins.plugins.ec2docker.request.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.request.model.Architecture;
import io.jenkins.plugins.ec2docker.request.model.Container;
import io.jenkins.plugins.ec2docker.request.model.ContainerHealthcheck;
import io.jenkins.plugins.ec2docker.request.model.Disk;
import io.jenkins.plugins.ec2docker.request.model.HealthEndpoint;
import io.jenkins.plugins.ec2docker.request.model.MachineImage;
import io.jenkins.plugins.ec2docker.request.model.Network;
import io.jenkins.plugins.ec2docker.request.model.OnFailure;
import io.jenkins.plugins.ec2docker.request.model.OnImageChange;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.model.RestartPolicy;
import io.jenkins.plugins.ec2docker.request.model.Role;
import io.jenkins.plugins.ec2docker.request.model.WorkingHoursSchedule;
import io.jenkins.plugins.ec2docker.request.values.ImageReference;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that were accepted once, by rules that were less strict, or by another version. */
class StoredRequestTest {

    private static final String LONG = "w".repeat(60);

    @ParameterizedTest
    @ValueSource(strings = {"minimal.yaml", "complete.yaml"})
    void one_that_keeps_every_rule_is_read_as_ever(String resource) throws Exception {
        ProvisionRequest accepted = RequestParser.parse(Requests.document(resource)).orElseThrow();

        assertThat(read(RequestWriter.of(accepted))).isEqualTo(StoredRequest.of(accepted));
    }

    @Test
    void a_value_that_breaks_a_rule_stays_and_is_noted() {
        StoredRequest stored = read(Requests.yaml("""
                name: %s
                region: EU_CENTRAL_1
                instanceType: mac1.metal
                role: {arn: "role/deployer", externalId: x, durationSeconds: 60}
                containers:
                  - name: w
                    image: NGINX:!!
                    ports: ["0:80", "0:80/tcp", "70000:53/udp"]
                    environment: {"": nameless}
                    volumes: ["/etc:/", "/opt/app/users.csv:/u:z"]
                    healthcheck: {test: [CURL], interval: 0s, retries: 5000}
                  - {name: w, image: nginx}
                requester: nobody
                machineImage: ubuntu-18.04
                network: {vpcId: main, ingressCidrs: [10.0.0.1/8, anywhere], publicIp: false, elasticIp: true}
                disk: {sizeGiB: 1, kmsKeyId: mine}
                sshPublicKey: ssh-dss AAAA
                keyName: both
                spot: true
                expiresAfter: 1s
                schedule: {start: at eight, stop: 0 18 * * mon-fri, zone: Mars/Olympus}
                tags: {"aws:x": y, Name: z}
                health: {port: 0, path: up, timeout: 5d}
                """.formatted(LONG)));

        ProvisionRequest request = stored.request();
        assertThat(request.name()).isEqualTo(LONG);
        assertThat(request.region()).isEqualTo("EU_CENTRAL_1");
        assertThat(request.instanceType()).isEqualTo("mac1.metal");
        assertThat(request.role()).isEqualTo(new Role("role/deployer", "x", 60));
        Container container = request.containers().get(0);
        assertThat(container.name()).isEqualTo("w");
        assertThat(container.image().text()).isEqualTo("NGINX:!!");
        assertThat(container.ports()).hasToString("[0:80/tcp, 0:80/tcp, 70000:53/udp]");
        assertThat(container.environment()).isEqualTo(Map.of("", "nameless"));
        assertThat(container.volumes()).hasToString("[/etc:/:rw, /opt/app/users.csv:/u:rw]");
        assertThat(container.healthcheck()).isEqualTo(new ContainerHealthcheck(List.of("CURL"), Duration.ZERO, null, 5000, null));
        assertThat(request.containers()).extracting(Container::name).containsExactly("w", "w");
        assertThat(request.requester()).containsExactly("nobody");
        assertThat(request.machineImage().text()).isEqualTo("ubuntu-18.04");
        assertThat(request.network()).isEqualTo(new Network("main", null, List.of("10.0.0.1/8", "anywhere"), List.of(), false, true));
        assertThat(request.disk()).isEqualTo(new Disk(1, "mine"));
        assertThat(request.sshPublicKey()).isEqualTo("ssh-dss AAAA");
        assertThat(request.keyName()).isEqualTo("both");
        assertThat(request.expiresAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(request.schedule()).hasToString("start at eight, stop 0 18 * * mon-fri (Mars/Olympus)");
        assertThat(request.tags()).isEqualTo(Map.of("aws:x", "y", "Name", "z"));
        assertThat(request.health()).isEqualTo(new HealthEndpoint(0, "up", Duration.ofDays(5)));
        assertThat(stored.notes()).extracting(Violation::field).contains("name", "region", "instanceType", "role.arn", "role.externalId",
                "role.durationSeconds", "containers[0].image", "containers[0].ports[0]", "containers[0].volumes[0]", "requester",
                "machineImage",
                "network.vpcId", "network.ingressCidrs[1]", "network.elasticIp", "disk.sizeGiB", "disk.kmsKeyId", "sshPublicKey", "keyName",
                "expiresAfter", "schedule", "schedule.start", "schedule.zone", "tags[\"aws:x\"]", "health.port", "health.path",
                "health.timeout");
        assertThat(read(RequestWriter.of(request)).request()).as("read again as it would be written").isEqualTo(request);
    }

    @Test
    void a_value_of_the_wrong_type_counts_as_absent_and_is_noted() {
        Map<String, Object> document = Requests.yaml("""
                name: web
                region: eu-central-1
                instanceType: [t3.small]
                role: deployer
                containers: [{image: {name: nginx}}, {image: nginx, ports: [eighty, {80: 80}], restart: sometimes, healthcheck: {test: []}}, nginx]
                machineImage: {id: ami-01234567}
                network: private
                disk: {sizeGiB: much}
                spot: often
                expiresAfter: soon
                schedule: {start: [8]}
                tags: [a, b]
                health: 8080
                onFailure: ask
                onImageChange: 7
                """);

        StoredRequest stored = read(document);

        ProvisionRequest request = stored.request();
        assertThat(request.instanceType()).isNull();
        assertThat(request.role()).isNull();
        assertThat(request.containers()).singleElement().isEqualTo(
                Container.builder("nginx", new ImageReference("nginx", null, "nginx", null, null)).restart(RestartPolicy.UNLESS_STOPPED)
                        .build());
        assertThat(request.machineImage()).isEqualTo(MachineImage.Kind.UBUNTU_22_04.image());
        assertThat(request.network()).isEqualTo(Network.DEFAULT);
        assertThat(request.disk()).isEqualTo(Disk.DEFAULT);
        assertThat(request.spot()).isFalse();
        assertThat(request.expiresAfter()).isNull();
        assertThat(request.schedule()).isNull();
        assertThat(request.tags()).isEmpty();
        assertThat(request.health()).isNull();
        assertThat(request.onFailure()).isEqualTo(OnFailure.DESTROY);
        assertThat(request.onImageChange()).isEqualTo(OnImageChange.REPLACE);
        assertThat(request.architecture()).isEqualTo(Architecture.X86_64);
        assertThat(stored.notes()).extracting(Violation::field).contains("instanceType", "role", "containers[0].image",
                "containers[1].ports[0]",
                "containers[1].ports[1].80", "containers[1].restart", "containers[2]", "machineImage", "network", "disk.sizeGiB", "spot",
                "expiresAfter", "schedule.start", "tags", "health", "onFailure", "onImageChange");
        assertThat(stored.document()).isEqualTo(document);
    }

    @Test
    void name_blueprint_and_region_that_cannot_be_read_are_the_deployments() {
        StoredRequest stored =
                StoredRequest.read(Requests.yaml("{name: [web], region: '', containers: []}"), "web", "fargate", "eu-central-1");

        assertThat(stored.request().name()).isEqualTo("web");
        assertThat(stored.request().blueprint()).isEqualTo("fargate");
        assertThat(stored.request().region()).isEqualTo("eu-central-1");
        assertThat(stored.notes()).startsWith(
                new Violation("name", "", "is missing or cannot be read; the deployment's value is used."),
                new Violation("blueprint", "", "is missing or cannot be read; the deployment's value is used."),
                new Violation("region", "", "is missing or cannot be read; the deployment's value is used."));
        assertThat(read(Map.of()).request().containers()).isEmpty();
    }

    @Test
    void a_blueprint_that_is_not_known_takes_nothing_from_the_request() {
        StoredRequest stored = read(Requests.with(Requests.document("complete.yaml"), "blueprint", "cluster"));

        ProvisionRequest request = stored.request();
        assertThat(request.blueprint()).isEqualTo("cluster");
        assertThat(request.region()).isEqualTo("eu-central-1");
        assertThat(request.role().arn()).endsWith("deployer");
        assertThat(request.instanceType()).isEqualTo("m7g.large");
        assertThat(request.containers()).hasSize(2);
        assertThat(RequestWriter.of(request)).containsEntry("blueprint", "cluster");
        assertThat(stored.notes()).extracting(Violation::field).contains("blueprint");
    }

    @Test
    void an_unknown_field_stays_in_the_document_and_its_value_is_not_shown() {
        Map<String, Object> document =
                Requests.with(Requests.minimalWith("blueprint", "instance"), "instanceTyp", Map.of("PASSWORD", "hunter2"));

        StoredRequest stored = read(document);

        assertThat(stored.document()).isEqualTo(document);
        assertThat(stored.notes()).hasToString("[instanceTyp: is not a known field; did you mean \"instanceType\"?]");
        assertThat(RequestWriter.of(stored.request())).doesNotContainKey("instanceTyp");
    }

    @Test
    void fields_of_another_blueprint_stay() {
        StoredRequest stored = read(Requests.yaml("""
                {name: api, blueprint: fargate, region: eu-central-1, environment: testing, spot: true,
                 containers: [{image: nginx, ports: ["8080:80"], restart: always, cpu: 4}],
                 disk: {sizeGiB: 9}, scaling: {min: 9, max: 2, schedules: {"a b": {cron: daily, min: 1, max: 1}}},
                 monitoring: {retentionDays: 2, responseTime: {threshold: 0.000}, mails: [a@b.cd, a@b.cd]}, task: {cpu: 1}}
                """));

        ProvisionRequest request = stored.request();
        assertThat(request.spot()).isTrue();
        assertThat(request.disk().sizeGiB()).isEqualTo(9);
        assertThat(request.containers().get(0).ports()).hasToString("[8080:80/tcp]");
        assertThat(request.sections()).containsEntry("environment", "testing");
        assertThat(request.section("scaling")).hasToString("{min=9, max=2, schedules={a b={cron=daily, min=1, max=1}}}");
        assertThat(request.section("monitoring")).hasToString("{mails=[a@b.cd, a@b.cd], retentionDays=2, responseTime={threshold=0}}");
        assertThat(request.section("task")).hasToString("{cpu=1}");
        assertThat(stored.notes()).extracting(Violation::field).contains("environment", "spot", "disk", "scaling", "task");
    }

    static Stream<Arguments> rules() {
        return BadValuesTest.cases();
    }

    /** The same words as when the request comes in: one mechanism for every field. */
    @ParameterizedTest
    @MethodSource("rules")
    void every_rule_is_noted_and_rejects_nothing(String at, Object give, String field, String shown, String says) {
        StoredRequest stored = read(Requests.minimalWith(at, give));

        boolean own = stored.notes().stream()
                .anyMatch(note -> note.field().equals(field) && note.message().endsWith("the deployment's value is used."));
        assertThat(stored.notes()).anySatisfy(note -> assertThat(note).isEqualTo(own
                ? new Violation(field, "", "is missing or cannot be read; the deployment's value is used.")
                : new Violation(field, shown, says)));
        assertThat(stored.request().region()).isNotEmpty();
        assertThat(RequestWriter.of(stored.request())).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"at eight|0 18 * * *|UTC", "0 8 * * *|evening|UTC", "0 8 * * *|0 18 * * *|Mars/Olympus", "0 8 30 2 *|0 18 * * *|UTC"})
    void a_schedule_that_cannot_be_read_in_full_starts_and_stops_nothing(String start, String stop, String zone) {
        WorkingHoursSchedule schedule =
                read(Requests.minimalWith("schedule", Map.of("start", start, "stop", stop, "zone", zone))).request().schedule();

        Instant night = Instant.parse("2026-11-25T22:00:00Z");
        assertThat(schedule.lastChange(night)).isEmpty();
        assertThat(schedule.nextChange(night)).isEmpty();
        assertThat(schedule.runsAt(night)).isTrue();
        assertThat(List.of(schedule.start(), schedule.stop(), schedule.zone())).containsExactly(start, stop, zone);
    }

    private static StoredRequest read(Map<String, ?> document) {
        return StoredRequest.read(document, "web", "instance", "eu-central-1");
    }

    /** A build reads its request before it has noted the deployment's Region. */
    @Test
    void a_request_is_read_where_the_deployment_gives_nothing_to_fall_back_on() {
        Map<String, Object> document = Map.of("disk", Map.of("kmsKeyId", "arn:aws:kms:eu-central-1:123456789012:key/1"));

        StoredRequest stored = StoredRequest.read(document, "", "", "");

        assertThat(stored.request().name()).isEmpty();
        assertThat(stored.request().region()).isEmpty();
        assertThat(stored.document()).isEqualTo(document);
    }
}
