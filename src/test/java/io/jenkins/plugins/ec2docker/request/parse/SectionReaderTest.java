package io.jenkins.plugins.ec2docker.request.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.values.ParseResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of the blueprints with several instances or tasks. */
class SectionReaderTest {
    private static final String AUTOSCALED = """
            name: shop
            blueprint: autoscaled
            region: eu-central-1
            instanceType: t3.small
            containers: [{image: nginx, ports: ["8080:80"]}]
            """;
    private static final String FARGATE = """
            name: api
            blueprint: fargate
            region: eu-central-1
            containers: [{image: nginx, ports: ["8080:8080"]}]
            """;
    private static final String INSTANCE = AUTOSCALED.replace("autoscaled", "instance");

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "scaling: {min: 1}|scaling: is not known to blueprint instance, only to autoscaled and fargate; remove it, or name that blueprint.",
        "task: {cpu: 512}|task: is not known to blueprint instance, only to fargate; remove it, or name that blueprint.",
        "environment: production|environment: is not known to blueprint instance, only to autoscaled and fargate; remove it, or name that blueprint."
    })
    void blueprint_instance_knows_no_sections(String field, String message) {
        assertThat(problems(INSTANCE + field + "\n")).containsExactly(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "spot: true|spot: is not known to blueprint autoscaled, only to instance; write scaling: {spot: {}}.",
        "schedule: {start: a}|schedule: is not known to blueprint autoscaled, only to instance; write scaling.schedules.",
        "onImageChange: redeploy|onImageChange: is not known to blueprint autoscaled, only to instance; an update replaces one after the other by itself.",
        "task: {cpu: 512}|task: is not known to blueprint autoscaled, only to fargate; remove it, or name that blueprint.",
        "disk: {kmsKeyId: alias/own}|disk: names a kmsKeyId, but with blueprint autoscaled a key of the deployment's own encrypts the disks; leave it out.",
        "network: {elasticIp: true}|network.elasticIp \"true\": is not known to blueprint autoscaled, whose instances are in private subnets behind a load balancer; remove it.",
        "network: {vpcId: vpc-0a1b2c3d}|network.vpcId \"vpc-0a1b2c3d\": is an existing VPC, of which publicSubnetIds and privateSubnetIds are needed too; give them, or leave vpcId out for a VPC of the deployment's own.",
        "network: {publicSubnetIds: [subnet-0a1b2c3d]}|network: names subnets without their VPC; give vpcId too, or leave the subnets out.",
        "network: {cidr: 10.0.0.0/8}|network.cidr \"10.0.0.0/8\": must be an IPv4 network of /16 to /24 without host bits; for example 10.0.0.0/16.",
        "scaling: {min: 4}|scaling: has a min of 4 above its max of 3; lower one or raise the other.",
        "scaling: {desired: 9}|scaling: has a desired of 9, which is not from its min of 1 to its max of 3.",
        "scaling: {steps: {}}|scaling: has steps, which answer to the CPU alarms of monitoring; give monitoring too, for example monitoring: {}.",
        "scaling: {cputarget: 4}|scaling.cputarget: is not a known field; did you mean \"cpuTarget\"?",
        "scaling: {memoryTarget: 4}|scaling.memoryTarget: is not a known field; known here: min, max, desired, cpuTarget, steps, graceSeconds, schedules, instanceTypes, spot, warmupSeconds, launchTimeout, launchDefault, refreshHealthyPercentage.",
        "scaling: {schedules: {night: {cron: daily, min: 0, max: 0, desired: 0}}}|scaling.schedules.night.cron \"daily\": must be a cron expression of five fields; for example 0 8 * * MON-FRI.",
        "scaling: {schedules: {night: {cron: 0 19 * * *, min: 2, max: 1, desired: 1}}}|scaling: has a schedule night whose numbers are not in the order min ≤ desired ≤ max; mend them.",
        "monitoring: {retentionDays: 2}|monitoring.retentionDays \"2\": is no time that CloudWatch Logs keeps logs for; give 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365 or more days that it has.",
        "monitoring: {eventPatterns: {own: nonsense}}|monitoring.eventPatterns.own: must be an object in JSON; The JSON text cannot be read at line 1, column 9: unrecognised text.",
        "loadBalancer: {certificateArn: mine}|loadBalancer.certificateArn \"mine\": must be an ARN that begins with arn:aws:acm:.",
        "backup: weekly|backup \"weekly\": must be a section, {} for its defaults, or none.",
        "database: {engineVersion: 12}|database.engineVersion \"12\": must be a version of PostgreSQL that RDS has, from 13 to 18; for example 16 or 16.11.",
        "database: {passwordRotationDays: 0}|database.passwordRotationDays \"0\": must be a whole number from 1 to 1000 days.",
        "bastion: {sshCidrs: [10.0.0.1]}|bastion.sshCidrs[0] \"10.0.0.1\": is an address without a length; write 10.0.0.1/32 for this one alone.",
        "environment: test|environment \"test\": must be development, staging or production; leave it out to set everything by yourself."
    })
    void blueprint_autoscaled_says_what_is_wrong(String field, String message) {
        List<String> problems = problems(AUTOSCALED + field + "\n");
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0)).startsWith(message.substring(0, Math.min(message.length(), 60)));
        if (message.endsWith(".") && !message.contains("unrecognised")) {
            assertThat(problems).containsExactly(message);
        }
    }

    /** docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
    @ParameterizedTest
    @CsvSource({"us-gov-west-1,aws-us-gov", "cn-north-1,aws-cn", "us-isob-east-1,aws-iso-b", "eusc-de-east-1,aws-eusc"})
    void edge_is_refused_where_the_partition_has_no_cloudfront_of_us_east_1(String region, String partition) {
        String request = FARGATE.replace("eu-central-1", region) + "edge: {}\n";
        assertThat(problems(request))
                .containsExactly("edge: is CloudFront, with its firewall and certificates in us-east-1, and Region " + region
                        + " is of partition " + partition + ", which reaches neither; write edge: none.");
        assertThat(problems(request.replace("{}", "none"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "instanceType: t3.small|instanceType: is not known to blueprint fargate, only to instance and autoscaled; a task's size is task.cpu and task.memory.",
        "machineImage: al2023|machineImage: is not known to blueprint fargate, only to instance and autoscaled; Fargate brings the machine.",
        "disk: {sizeGiB: 30}|disk: is not known to blueprint fargate, only to instance and autoscaled; a task's disk is task.diskSizeGiB.",
        "users: users.csv|users: is not known to blueprint fargate, only to instance and autoscaled; there is no host to put the file on; give the users to the containers by containers[].secrets or a volume of the application's own.",
        "keyName: mine|keyName: is not known to blueprint fargate, only to instance and autoscaled; there is no host to log in to; task.exec opens a shell in a container.",
        "network: {sshCidrs: [10.0.0.0/8]}|network.sshCidrs: is not known to blueprint fargate, whose tasks are in private subnets behind a load balancer; remove it.",
        "task: {cpu: 512, memory: 512}|task: has cpu 512 with memory 512, a size that Fargate does not have; give one it has, such as cpu 256 with memory 512, 1024 or 2048, or cpu 512 with 1024 to 4096 in steps of 1024.",
        "task: {policy: '[]'}|task.policy: must be an object in JSON",
        "instancePolicy: '{}'|instancePolicy: is not known to blueprint fargate, only to autoscaled; what tasks may do is task.policy.",
        "scaling: {launchTimeout: 60}|scaling.launchTimeout: is not a known field"
    })
    void blueprint_fargate_says_what_is_wrong(String field, String message) {
        List<String> problems = problems(FARGATE + field + "\n");
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0)).startsWith(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ports: ['80:8080']|containers[0].ports[0] \"80:8080\": names two ports, but a task has the containers' own; write 8080:8080, and loadBalancer.httpPort for the port that clients use.",
        "ports: ['53:53/udp']|containers[0].ports[0] \"53:53/udp\": is of UDP, which a load balancer for HTTP does not carry; publish TCP alone with blueprint fargate.",
        "ports: []|containers: publish no port over TCP, to which the load balancer of blueprint fargate could send requests; publish one, for example ports: [\"80:80\"].",
        "ports: ['80:80'], volumes: ['/opt/app/d:/d']|containers[0].volumes: is not known to blueprint fargate, only to instance and autoscaled; a task has no directories of a host; keep files in the bucket of edge or in a database.",
        "ports: ['80:80'], restart: always|containers[0].restart: is not known to blueprint fargate, only to instance and autoscaled; ECS starts another task by itself; essential: false lets a container end.",
        "ports: ['80:80'], healthcheck: {test: 'true', interval: 5s}|containers[0].healthcheck: has more than a test; ECS looks every 30 s by its own times. Give the test alone.",
        "ports: ['80:80'], name: a.b|containers[0].name \"a.b\": is to be a.b, but in a task a name has letters, digits, \"_\" and \"-\" alone; give another name.",
        "ports: ['80:80'], secrets: {KEY: plain}|containers[0].secrets.KEY \"plain\": must be the ARN of a secret of Secrets Manager or of a parameter of Systems Manager."
    })
    void a_container_of_a_task_says_what_is_wrong(String fields, String message) {
        String yaml = FARGATE.replaceFirst("containers:.*\n", "containers: [{image: nginx, " + fields.replace("$", "\\$") + "}]\n");
        assertThat(problems(yaml)).containsExactly(message);
    }

    @Test
    void what_a_container_has_in_a_task_alone_is_refused_on_an_instance() {
        assertThat(problems(INSTANCE.replace("image: nginx,", "image: nginx, readOnly: true,"))).containsExactly(
                "containers[0].readOnly: is not known to blueprint instance, only to fargate; remove it, or name that blueprint.");
    }

    @Test
    void what_forms_give_by_default_is_no_problem() {
        assertThat(problems(FARGATE + "spot: false\nonImageChange: replace\n")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"development", "staging", "production"})
    void an_environment_needs_nothing_more_and_comes_back_whole(String environment) throws Exception {
        for (String yaml : List.of(AUTOSCALED.replace("instanceType: t3.small\n", ""), FARGATE)) {
            ProvisionRequest request = Requests.parse(yaml + "environment: " + environment + "\ndatabase: {}\nbastion: {}\n").orElseThrow();

            assertThat(RequestParser.parse(RequestWriter.of(request))).isEqualTo(new ParseResult.Valid<>(request));
        }
    }

    @Test
    void an_environment_stands_for_the_values_of_the_earlier_systems() throws Exception {
        ProvisionRequest production =
                Requests.parse(AUTOSCALED.replace("instanceType: t3.small\n", "") + "environment: production\n").orElseThrow();
        ProvisionRequest development = Requests.parse(FARGATE + "environment: development\ndatabase: {}\n").orElseThrow();

        assertThat(production.instanceType()).isEqualTo("t3.large");
        assertThat(production.section("network")).isEqualTo(Map.of("cidr", "10.2.0.0/16", "zones", 3, "nat", "per_zone"));
        assertThat(production.section("scaling")).isEqualTo(Map.of("min", 3, "max", 10));
        assertThat(production.section("backup")).isEqualTo(Map.of("dailyRetentionDays", 30));
        assertThat(production.hasSection("monitoring")).isTrue();
        assertThat(production.hasSection("database")).isFalse();
        assertThat(development.section("task")).isEqualTo(Map.of("cpu", 256, "memory", 512));
        assertThat(development.section("scaling")).isEqualTo(Map.of("min", 1, "max", 6, "cpuTarget", 70));
        assertThat(development.section("database")).isEqualTo(Map.of("instanceClass", "db.t3.micro", "multiAz", false));
        assertThat(development.hasSection("backup")).isFalse();
    }

    @Test
    void each_value_of_an_environment_gives_way_to_the_request_s() throws Exception {
        ProvisionRequest request = Requests.parse(AUTOSCALED + """
                environment: production
                network: {zones: 2}
                scaling: {max: 20}
                backup: none
                """).orElseThrow();

        assertThat(request.instanceType()).isEqualTo("t3.small");
        assertThat(request.section("network")).isEqualTo(Map.of("cidr", "10.2.0.0/16", "zones", 2, "nat", "per_zone"));
        assertThat(request.section("scaling")).isEqualTo(Map.of("min", 3, "max", 20));
        assertThat(request.hasSection("backup")).isFalse();
        assertThat(RequestWriter.of(request)).containsEntry("backup", "none");
        assertThat(RequestParser.parse(RequestWriter.of(request))).isEqualTo(new ParseResult.Valid<>(request));
    }

    @Test
    void a_request_of_blueprint_instance_is_written_as_ever() throws Exception {
        assertThat(RequestWriter.of(Requests.parse(INSTANCE).orElseThrow()).keySet()).containsExactly(
                "name", "blueprint", "region", "instanceType", "containers", "machineImage", "network", "disk", "spot", "onFailure",
                "onImageChange");
    }

    @Test
    void the_examples_are_requests() throws Exception {
        for (String example : List.of("autoscaled", "fargate")) {
            assertThat(problems(Files.readString(Path.of("examples", example, "request.yml")))).isEmpty();
        }
    }

    private static List<String> problems(String yaml) {
        List<String> problems = new ArrayList<>();
        Requests.parse(yaml).violations().forEach(each -> problems.add(each.toString()));
        return problems;
    }
}
