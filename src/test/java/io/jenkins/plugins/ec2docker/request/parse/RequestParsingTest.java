package io.jenkins.plugins.ec2docker.request.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.model.Architecture;
import io.jenkins.plugins.ec2docker.request.model.Container;
import io.jenkins.plugins.ec2docker.request.model.ContainerHealthcheck;
import io.jenkins.plugins.ec2docker.request.model.Disk;
import io.jenkins.plugins.ec2docker.request.model.HealthEndpoint;
import io.jenkins.plugins.ec2docker.request.model.MachineImage;
import io.jenkins.plugins.ec2docker.request.model.Network;
import io.jenkins.plugins.ec2docker.request.model.OnFailure;
import io.jenkins.plugins.ec2docker.request.model.OnImageChange;
import io.jenkins.plugins.ec2docker.request.model.PortMapping;
import io.jenkins.plugins.ec2docker.request.model.Protocol;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.model.RestartPolicy;
import io.jenkins.plugins.ec2docker.request.model.Role;
import io.jenkins.plugins.ec2docker.request.model.VolumeMount;
import io.jenkins.plugins.ec2docker.request.values.ImageReference;
import io.jenkins.plugins.ec2docker.request.values.ParseResult;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestParsingTest {

    @Test
    void one_text_where_a_list_is_meant_is_a_list_of_one() throws Exception {
        ProvisionRequest request = Requests.parse("""
                name: web
                region: eu-central-1
                instanceType: t3.small
                containers: [{image: nginx, ports: 80:80, volumes: /opt/app/data:/data, environment: A=b=c, command: nginx}]
                requester: jane.doe@example.com
                network: {ingressCidrs: 10.0.0.0/8, sshCidrs: 192.0.2.1/32}
                """).orElseThrow();
        Container container = request.containers().get(0);

        assertThat(container.ports()).containsExactly(new PortMapping(80, 80, Protocol.TCP));
        assertThat(container.volumes()).containsExactly(new VolumeMount("/opt/app/data", "/data", false));
        assertThat(container.environment()).containsExactly(Map.entry("A", "b=c"));
        assertThat(request.requester()).containsExactly("jane.doe@example.com");
        assertThat(request.network().ingressCidrs()).containsExactly("10.0.0.0/8");
        assertThat(request.network().sshCidrs()).containsExactly("192.0.2.1/32");
    }

    @Test
    void one_text_is_a_list_of_one_in_sections_too_beside_what_an_environment_brings() throws Exception {
        ProvisionRequest request = Requests.parse("""
                name: web
                blueprint: fargate
                environment: production
                region: eu-central-1
                containers: [{image: nginx, ports: 80:80, entrypoint: /start --now, dropCapabilities: ALL}]
                monitoring: {mails: ops@example.com, lambdaArns: "arn:aws:lambda:eu-central-1:123456789012:function:tell"}
                network: {endpoints: s3}
                bastion: {sshCidrs: 10.0.0.0/8}
                edge: {domainNames: www.example.com, bucketPaths: /static/*}
                """).orElseThrow();

        assertThat(request.section("monitoring")).containsEntry("mails", List.of("ops@example.com"))
                .containsEntry("lambdaArns", List.of("arn:aws:lambda:eu-central-1:123456789012:function:tell"));
        assertThat(request.section("network")).containsEntry("endpoints", List.of("s3")).containsEntry("zones", 3);
        assertThat(request.section("bastion")).containsEntry("sshCidrs", List.of("10.0.0.0/8"));
        assertThat(request.section("edge")).containsEntry("domainNames", List.of("www.example.com"))
                .containsEntry("bucketPaths", List.of("/static/*"));
        assertThat(request.containers().get(0).task()).containsEntry("entrypoint", List.of("/start", "--now"))
                .containsEntry("dropCapabilities", List.of("ALL"));
    }

    @Test
    void ports_are_read_in_every_form_that_compose_has_for_them() throws Exception {
        ProvisionRequest request = Requests.parse("""
                name: web
                region: eu-central-1
                instanceType: t3.small
                containers:
                  - image: nginx
                    ports:
                      - {target: 80, published: 8080, protocol: udp, mode: host}
                      - {target: 443, published: "443"}
                      - 0.0.0.0:81:80
                      - 8000-8002:90-92/tcp
                """).orElseThrow();

        assertThat(request.containers().get(0).ports()).extracting(PortMapping::toString)
                .containsExactly("8080:80/udp", "443:443/tcp", "81:80/tcp", "8000:90/tcp", "8001:91/tcp", "8002:92/tcp");
        assertThat(Requests.parse("""
                {name: web, region: eu-central-1, instanceType: t3.small,
                 containers: [{image: nginx, ports: ["8000-8002:90-92", "8001:80"]}]}""").violations())
                .extracting(Violation::toString).containsExactly("containers[0].ports[1] \"8001:80\": takes port 8001/tcp of the instance,"
                        + " which containers[0].ports[0] has already; publish another one.");
    }

    @Test
    void every_blueprint_has_an_entrypoint() throws Exception {
        for (String blueprint : List.of("instance", "autoscaled", "fargate")) {
            ProvisionRequest request = Requests.parse("""
                    {name: web, region: eu-central-1, blueprint: %s, %s
                     containers: [{image: nginx, ports: "80:80", entrypoint: /start --now}]}"""
                    .formatted(blueprint, blueprint.equals("fargate") ? "" : "instanceType: t3.small,")).orElseThrow();

            assertThat(request.containers().get(0).task()).containsExactly(Map.entry("entrypoint", List.of("/start", "--now")));
            assertThat(RequestParser.parse(RequestWriter.of(request)).orElseThrow()).isEqualTo(request);
        }
    }

    @Test
    void every_field_is_read() throws Exception {
        ProvisionRequest request = RequestParser.parse(Requests.document("complete.yaml")).orElseThrow();

        assertThat(request.name()).isEqualTo("web-shop");
        assertThat(request.blueprint()).isEqualTo("instance");
        assertThat(request.region()).isEqualTo("eu-central-1");
        assertThat(request.instanceType()).isEqualTo("m7g.large");
        assertThat(request.architecture()).isEqualTo(Architecture.ARM64);
        assertThat(request.role()).isEqualTo(new Role("arn:aws:iam::123456789012:role/teams/deployer", "jenkins@prod:42", 7200));
        assertThat(request.users()).isEqualTo("users.csv");
        assertThat(request.requester()).containsExactly("jane.doe@example.com", "ops@example.com");
        assertThat(request.machineImage()).isEqualTo(MachineImage.Kind.UBUNTU_24_04.image());
        assertThat(request.network()).isEqualTo(new Network("vpc-0123456789abcdef0", "subnet-01234567",
                List.of("10.0.0.0/8", "2001:db8::/32"), List.of("192.0.2.1/32"), true, true));
        assertThat(request.disk()).isEqualTo(new Disk(100, "alias/disks"));
        assertThat(request.sshPublicKey()).isEqualTo(Requests.text("ed25519.pub").strip());
        assertThat(request.keyName()).isNull();
        assertThat(request.spot()).isTrue();
        assertThat(request.expiresAfter()).isEqualTo(Duration.ofDays(2));
        assertThat(request.tags()).containsExactly(Map.entry("team", "shop"), Map.entry("cost centre", "4711"));
        assertThat(request.health()).isEqualTo(new HealthEndpoint(8080, "/health?full=1", Duration.ofSeconds(90)));
        assertThat(request.onFailure()).isEqualTo(OnFailure.KEEP);
        assertThat(request.onImageChange()).isEqualTo(OnImageChange.REDEPLOY);
    }

    @Test
    void every_field_of_a_container_is_read() throws Exception {
        List<Container> containers = RequestParser.parse(Requests.document("complete.yaml")).orElseThrow().containers();

        Container web = containers.get(0);
        assertThat(web.name()).isEqualTo("web");
        assertThat(web.image()).isEqualTo(
                new ImageReference("registry.example.com:5000/shop/web:1.10", "registry.example.com:5000", "shop/web", "1.10", null));
        assertThat(web.ports()).containsExactly(new PortMapping(8080, 80, Protocol.TCP), new PortMapping(8443, 443, Protocol.TCP),
                new PortMapping(2222, 22, Protocol.TCP), new PortMapping(5353, 53, Protocol.UDP));
        assertThat(web.environment()).containsExactly(Map.entry("PASSWORD", "pa$$w'o\"rd"), Map.entry("EMPTY", ""),
                Map.entry("NUMBER", "0123"), Map.entry("FLAG", "yes"), Map.entry("LINES", "one\ntwo\n"));
        assertThat(web.volumes()).containsExactly(new VolumeMount("/opt/app/data", "/data", false),
                new VolumeMount("/opt/app/users.csv", "/etc/users.csv", true));
        assertThat(web.command()).containsExactly("nginx", "-g", "daemon off;", "two words");
        assertThat(web.restart()).isEqualTo(new RestartPolicy(RestartPolicy.Kind.ON_FAILURE, 3));
        assertThat(web.healthcheck())
                .isEqualTo(new ContainerHealthcheck(List.of("CMD-SHELL", "curl -f http://localhost/"), Duration.ofSeconds(90),
                        Duration.ofMillis(500), 3, Duration.ofSeconds(10)));

        Container redis = containers.get(1);
        assertThat(redis.name()).isEqualTo("redis");
        assertThat(redis.command()).containsExactly("redis-server", "--save", "");
        assertThat(redis.restart()).isEqualTo(RestartPolicy.NO);
        assertThat(redis.healthcheck()).isEqualTo(new ContainerHealthcheck(List.of("CMD", "redis-cli", "ping"), null, null, null, null));
    }

    @Test
    void what_is_left_out_has_its_default() throws Exception {
        ProvisionRequest request = RequestParser.parse(Requests.document("minimal.yaml")).orElseThrow();

        assertThat(request).isEqualTo(ProvisionRequest.builder("web", "instance", "eu-central-1")
                .instanceType("t3.small")
                .containers(List.of(Container.builder("nginx", ImageReference.parse("nginx").orElseThrow())
                        .ports(List.of(new PortMapping(80, 80, Protocol.TCP))).restart(RestartPolicy.UNLESS_STOPPED).build()))
                .machineImage(new MachineImage(MachineImage.Kind.UBUNTU_22_04, "ubuntu-22.04"))
                .network(new Network(null, null, List.of("0.0.0.0/0"), List.of(), null, false))
                .disk(new Disk(20, null))
                .onFailure(OnFailure.DESTROY)
                .onImageChange(OnImageChange.REPLACE)
                .build());
        assertThat(request.architecture()).isEqualTo(Architecture.X86_64);
    }

    @Test
    void an_explicit_null_counts_as_left_out() throws Exception {
        String nothing = Requests.text("minimal.yaml") + "role:\nnetwork: ~\nhealth: null\ntags:\ndisk: {kmsKeyId: }\nrequester:\n";

        assertThat(Requests.parse(nothing).orElseThrow()).isEqualTo(RequestParser.parse(Requests.document("minimal.yaml")).orElseThrow());
    }

    @Test
    void a_copy_keeps_all_that_is_not_changed() throws Exception {
        ProvisionRequest complete = RequestParser.parse(Requests.document("complete.yaml")).orElseThrow();
        // No request may have these beside the others.
        ProvisionRequest scheduled = Requests.parse(Requests.text("minimal.yaml")
                + "schedule: {start: 0 8 * * *, stop: 0 18 * * *, zone: Europe/Berlin}\n").orElseThrow();
        ProvisionRequest request = complete.toBuilder().keyName("ops").schedule(scheduled.schedule())
                .sections(Map.of("instancePolicy", "{}")).build();
        Container container = request.containers().get(0);

        assertThat(request).hasNoNullFieldsOrProperties();
        assertThat(request.withUsers(null).withUsers(request.users())).isEqualTo(request);
        assertThat(container.withImage(request.containers().get(1).image()).withImage(container.image())).isEqualTo(container);
    }

    @Test
    void a_written_request_reads_as_an_equal_one() throws Exception {
        for (String resource : List.of("complete.yaml", "minimal.yaml")) {
            ProvisionRequest request = RequestParser.parse(Requests.document(resource)).orElseThrow();
            String json = new ObjectMapper().writeValueAsString(RequestWriter.of(request));

            assertThat(RequestParser.parse(RequestWriter.of(request)).orElseThrow()).isEqualTo(request);
            assertThat(RequestParser.parse(DocumentReader.read(json, DocumentReader.Format.JSON)).orElseThrow()).isEqualTo(request);
        }
    }

    @Test
    void a_network_closed_to_all_stays_closed_when_written() throws Exception {
        ProvisionRequest closed = RequestParser.parse(Requests.minimalWith("network.ingressCidrs", List.of())).orElseThrow();

        assertThat(closed.network().ingressCidrs()).isEmpty();
        assertThat(RequestParser.parse(RequestWriter.of(closed)).orElseThrow()).isEqualTo(closed);
    }

    @Test
    void leaves_from_a_form_may_be_numbers_and_booleans() throws Exception {
        Map<String, Object> document = Requests.minimalWith("disk.sizeGiB", 30);
        Requests.with(document, "spot", true);
        Requests.with(document, "containers[0].environment.RATIO", new BigDecimal("1.50"));
        ProvisionRequest request = RequestParser.parse(document).orElseThrow();

        assertThat(request.disk().sizeGiB()).isEqualTo(30);
        assertThat(request.spot()).isTrue();
        assertThat(request.containers().get(0).environment()).containsEntry("RATIO", "1.50");
    }

    @Test
    void all_problems_are_told_at_once() {
        ParseResult<ProvisionRequest> parsed = Requests.parse("""
                nmae: web
                region: mars
                instanceType: t3
                containers:
                  - image: nGinx
                    ports: [80]
                disk: {sizeGiB: 1}
                health: {port: 80}
                """);

        // The health check's port is not called unpublished: the entry that could not be read may have been it.
        assertThat(parsed.violations()).extracting(Violation::field).containsExactly(
                "nmae", "name", "region", "instanceType", "containers[0].image", "containers[0].ports[0]", "disk.sizeGiB");
    }

    @Test
    void unknown_field_suggests_nearest() {
        assertThat(messageFor("instancetype", "x")).isEqualTo("is not a known field; did you mean \"instanceType\"?");
        assertThat(messageFor("instance_type", "x")).isEqualTo("is not a known field; did you mean \"instanceType\"?");
        assertThat(messageFor("machienImage", "x")).isEqualTo("is not a known field; did you mean \"machineImage\"?");
        assertThat(messageFor("network.ingresCidr", "x")).isEqualTo("is not a known field; did you mean \"ingressCidrs\"?");
        assertThat(messageFor("containers[0].healthcheck.start_period", "1s"))
                .isEqualTo("is not a known field; did you mean \"startPeriod\"?");
        assertThat(messageFor("disk.colour", "x")).isEqualTo("is not a known field; known here: sizeGiB, kmsKeyId.");
    }

    @Test
    void secrets_are_in_no_message() {
        Map<String, Object> document = Requests.minimalWith("containers[0].enviroment.PASSWORD", "hunter2");
        Requests.with(document, "containers[0].environment.A=B", "hunter2");
        Requests.with(document, "containers[0].environment.NUL", "hunter2\0");
        Requests.with(document, "containers[0].environment.LIST", List.of("hunter2"));
        Requests.with(document, "containers[0].command", "login 'hunter2");
        Requests.with(document, "containers[1].environment", "hunter2");
        Requests.with(document, "sshPublicKey", "-----BEGIN OPENSSH PRIVATE KEY-----\nhunter2\n");

        ParseResult<ProvisionRequest> parsed = RequestParser.parse(document);

        assertThat(parsed.violations()).hasSize(8);
        assertThat(parsed.violations().toString()).doesNotContain("hunter2");
    }

    @Test
    void environment_may_be_a_list_of_assignments() throws Exception {
        var parsed = RequestParser.parse(Requests.minimalWith("containers[0].environment", List.of("A=1", "B=x=y", "C=")));

        assertThat(parsed.orElseThrow().containers().get(0).environment())
                .containsExactly(Map.entry("A", "1"), Map.entry("B", "x=y"), Map.entry("C", ""));
    }

    @Test
    void a_variable_may_be_as_long_as_linux_allows() {
        String field = "containers[0].environment.A";
        assertThat(RequestParser.parse(Requests.minimalWith(field, "ü".repeat(65_534) + "x")).isValid()).isTrue();

        assertThat(RequestParser.parse(Requests.minimalWith(field, "ü".repeat(65_535))).violations()).containsExactly(new Violation(field,
                "",
                "has 131072 bytes with its name, and Linux gives a process at most 131071 in one variable; shorten it, or hand it over in a file."));
    }

    @Test
    void containers_without_a_name_are_named_after_their_images() throws Exception {
        List<Container> containers = Requests.parse("""
                name: web
                region: eu-central-1
                instanceType: t3.small
                containers:
                  - image: ghcr.io/acme/app:1
                  - image: app
                  - {image: nginx, name: app-2}
                  - image: example.com/x
                  - image: y@sha256:%s
                """.formatted("0".repeat(64))).orElseThrow().containers();

        assertThat(containers).extracting(Container::name).containsExactly("app", "app-3", "app-2", "x-1", "y-1");
    }

    @Test
    void port_22_is_free_on_an_unknown_image_without_ssh() {
        Map<String, Object> document = Requests.minimalWith("containers[0].ports[0]", "22:22");
        assertThat(RequestParser.parse(document).isValid()).isFalse();

        Requests.with(document, "machineImage", "ami-01234567");
        assertThat(RequestParser.parse(document).isValid()).isTrue();

        Requests.with(document, "network.sshCidrs", List.of("10.0.0.0/8"));
        assertThat(RequestParser.parse(document).isValid()).isFalse();
    }

    @Test
    void one_port_may_be_published_over_both_protocols() {
        assertThat(RequestParser.parse(Requests.minimalWith("containers[0].ports", List.of("53:53/tcp", "53:53/udp"))).isValid()).isTrue();
    }

    @Test
    void a_request_in_a_log_shows_no_environment() throws Exception {
        ProvisionRequest request = RequestParser.parse(Requests.document("complete.yaml")).orElseThrow();

        assertThat(request.toString()).contains("PASSWORD").doesNotContain("w'o");
    }

    @Test
    void a_null_in_a_list_is_told_where_it_stands() {
        for (String list : List.of("requester", "network.sshCidrs", "containers[0].ports", "containers[0].volumes", "containers[0].command",
                "containers[0].environment")) {
            var parsed = RequestParser.parse(Requests.minimalWith(list, Arrays.asList((Object) null)));
            assertThat(parsed.violations()).as(list).singleElement().extracting(Violation::field).isEqualTo(list + "[0]");
        }
    }

    private static String messageFor(String path, Object value) {
        return RequestParser.parse(Requests.minimalWith(path, value)).violations().get(0).message();
    }
}
