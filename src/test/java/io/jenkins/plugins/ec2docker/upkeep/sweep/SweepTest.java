package io.jenkins.plugins.ec2docker.upkeep.sweep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.cleanup.Ec2AndIamResources;
import io.jenkins.plugins.ec2docker.aws.cleanup.ResourceKind;
import io.jenkins.plugins.ec2docker.aws.pricing.PriceList;
import io.jenkins.plugins.ec2docker.blueprint.spec.Generation;
import io.jenkins.plugins.ec2docker.platform.Encryption;
import io.jenkins.plugins.ec2docker.policy.cost.MonthlyCost;
import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.request.parse.StoredRequest;
import io.jenkins.plugins.ec2docker.run.config.S3BackendSetting;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunSummaries;
import io.jenkins.plugins.ec2docker.run.store.DeploymentLock;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.terraform.command.WorkspaceFiles;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.MotoExtension;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.iam.IamClient;

/** What is swept and what is not, in an account that others use too. */
@ExtendWith(MotoExtension.class)
class SweepTest {
    private static final SessionCredentials KEYS = SessionCredentials.ofUser("AKIATESTTESTTEST4711", "secret");
    private static final Duration DAY = Duration.ofHours(24);
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private Moto aws;
    private Ec2Client ec2;
    private IamClient iam;
    private DeploymentStore store;
    private Map<String, String> foreign;
    private String living;

    @BeforeEach
    void an_account_with_the_leavings_of_web_and_with_what_is_nobody_elses_business(Moto moto) throws Exception {
        aws = moto;
        aws.reset();
        ec2 = aws.ec2();
        iam = aws.iam();
        store = new DeploymentStore(directory, Encryption.NONE);
        store.save(Deployment.begin("web", "web-0000000a", "instance", "eu-central-1", "alice", LONG_AGO)
                .beginRun(RunSummaries.begun("r1", LONG_AGO)));
        living = instance("live", "live-0000000b");
        store.save(Deployment.begin("live", "live-0000000b", "instance", "eu-central-1", "alice", LONG_AGO)
                .beginRun(RunSummaries.begun("r2", LONG_AGO))
                .applying("r2", new Generation("digest", "r2"), null, LONG_AGO));
        store.states("live").add("r2", state("aws_instance", living).getBytes(UTF_8));
        foreign = new TreeMap<>();
        foreign.put("another installation's", instance("shop", "shop-0000000c"));
        foreign.put("another installation's of the same name", instance("web", "web-ffffffff"));
        foreign.put("untagged", ec2.runInstances(r -> r.imageId(image()).minCount(1).maxCount(1)).instances().get(0).instanceId());
    }

    @AfterEach
    void close() {
        ec2.close();
        iam.close();
    }

    @Test
    void all_that_a_gone_deployment_left_is_removed_in_an_order_that_works() throws Exception {
        leaveEverything("web", "web-0000000a");

        List<OrphanedResource> items = sweep(later(), Sweep.Act.REMOVE);

        assertThat(items).allSatisfy(item -> assertThat(item.outcome()).as(item.resource().toString()).isEmpty());
        assertThat(items).extracting(item -> item.resource().kind())
                .contains(ResourceKind.INSTANCE, ResourceKind.ADDRESS, ResourceKind.VOLUME, ResourceKind.SECURITY_GROUP,
                        ResourceKind.KEY_PAIR, ResourceKind.INSTANCE_PROFILE, ResourceKind.ROLE);
        assertThat(sweep(later(), Sweep.Act.LOOK)).isEmpty();
        assertThat(iam.listRoles(r -> r.pathPrefix("/ec2-docker/")).roles()).extracting(role -> role.roleName())
                .containsExactly("foreign-role");
        assertThat(running()).containsAll(foreign.values()).contains(living).hasSize(4);
    }

    @Test
    void a_dry_run_lists_the_same_and_changes_nothing() throws Exception {
        leaveEverything("web", "web-0000000a");
        List<String> before = running();

        List<OrphanedResource> items = sweep(later(), Sweep.Act.LOOK);

        assertThat(items).hasSizeGreaterThanOrEqualTo(7).allSatisfy(item -> {
            assertThat(item.kept()).isNull();
            assertThat(item.outcome()).isNull();
            assertThat(item.resource().deployment()).isEqualTo("web-0000000a");
            assertThat(item.age()).isGreaterThan(DAY);
        });
        assertThat(running()).isEqualTo(before);
        assertThat(sweep(later(), Sweep.Act.LOOK)).isEqualTo(items);
    }

    @Test
    void each_thing_comes_with_its_price_and_a_free_one_with_none() throws Exception {
        leaveEverything("web", "web-0000000a");

        Map<ResourceKind, String> costs = new TreeMap<>();
        sweep(later(), Sweep.Act.LOOK).forEach(item -> costs.put(item.resource().kind(), MonthlyCost.text(item.hourlyCost())));

        assertThat(costs)
                .containsEntry(ResourceKind.INSTANCE, "36.50 USD a month")
                .containsEntry(ResourceKind.ADDRESS, "3.65 USD a month")
                .containsEntry(ResourceKind.VOLUME, "0.95 USD a month")
                .containsEntry(ResourceKind.SECURITY_GROUP, "free")
                .containsEntry(ResourceKind.ROLE, "free");
    }

    @Test
    void where_the_price_list_cannot_be_asked_it_is_said_once_and_all_goes_as_before() throws Exception {
        leaveEverything("web", "web-0000000a");
        List<String> notes = new ArrayList<>();

        List<OrphanedResource> items =
                sweep(later(), Sweep.Act.REMOVE, Map.of("AWS_ENDPOINT_URL_PRICING", "http://127.0.0.1:9"), notes::add);

        assertThat(items).hasSizeGreaterThanOrEqualTo(7).allMatch(OrphanedResource::isRemoved).extracting(OrphanedResource::hourlyCost)
                .containsOnlyNulls();
        assertThat(notes).filteredOn(note -> note.startsWith("What these things cost is not known: ")).hasSize(1);
    }

    @Test
    void an_instance_that_the_state_of_a_living_deployment_does_not_know_is_left_over_and_the_other_is_not() throws Exception {
        String twin = instance("live", "live-0000000b");

        assertThat(sweep(later(), Sweep.Act.REMOVE)).allMatch(OrphanedResource::isRemoved).extracting(item -> item.resource().id())
                .contains(twin).doesNotContain(living);
        assertThat(running()).contains(living).doesNotContain(twin);
    }

    @Test
    void what_the_state_in_s3_may_know_is_kept_whatever_the_copy_here_knows() throws Exception {
        String twin = instance("live", "live-0000000b");
        store.saveS3(store.find("live").orElseThrow(),
                new S3BackendSetting("states", "", "eu-central-1", null, null).address("live-0000000b"));

        assertThat(sweep(later(), Sweep.Act.REMOVE)).filteredOn(item -> item.resource().id().equals(twin))
                .singleElement()
                .satisfies(item -> assertThat(item.kept()).isEqualTo("the state of its deployment is in S3, which only a run of it reads"));
        assertThat(running()).contains(twin);
    }

    @Test
    void a_profile_is_left_over_although_the_state_knows_a_role_of_the_same_name() throws Exception {
        leaveEverything("live", "live-0000000b");
        store.states("live").add("r2", state("aws_iam_role", "live-0000000b").getBytes(UTF_8));

        assertThat(sweep(later(), Sweep.Act.LOOK)).extracting(item -> item.resource().kind()).contains(ResourceKind.INSTANCE_PROFILE)
                .doesNotContain(ResourceKind.ROLE);
    }

    @Test
    void a_rule_that_the_state_does_not_know_goes_and_the_one_beside_it_and_their_group_stay() throws Exception {
        String group = ec2.createSecurityGroup(r -> r.groupName("live-x").description("x")
                .tagSpecifications(tags(ResourceType.SECURITY_GROUP, "live", "live-0000000b"))).groupId();
        String known = rule(group, 80);
        String leftIn = rule(group, 81);
        String leftOut = ec2.authorizeSecurityGroupEgress(r -> r.groupId(group).ipPermissions(permission(82))
                .tagSpecifications(tags(ResourceType.SECURITY_GROUP_RULE, "live", "live-0000000b")))
                .securityGroupRules().get(0).securityGroupRuleId();
        store.states("live").add("r2",
                state("aws_instance", living, "aws_security_group", group, "aws_vpc_security_group_ingress_rule", known)
                        .getBytes(UTF_8));

        assertThat(sweep(later(), Sweep.Act.REMOVE)).allMatch(OrphanedResource::isRemoved).extracting(item -> item.resource().id())
                .containsExactly(leftIn, leftOut);
        assertThat(ec2.describeSecurityGroupRules(r -> r.filters(Filter.builder().name("group-id").values(group).build()))
                .securityGroupRules())
                .extracting(SecurityGroupRule::securityGroupRuleId)
                .contains(known)
                .doesNotContain(leftIn, leftOut);
    }

    @Test
    void what_an_earlier_life_of_the_same_name_left_is_known_by_the_inputs_of_its_runs() throws Exception {
        String left = instance("web", "web-0000000d");
        store.saveInputs("web", "r1", StoredRequest.of(request()), new WorkspaceFiles(
                Map.of("terraform.tfvars.json", "{\"deployment_id\":\"web-0000000d\"}".getBytes(UTF_8), WorkspaceFiles.USERS,
                        new byte[0])));

        assertThat(sweep(later(), Sweep.Act.REMOVE)).extracting(item -> item.resource().id()).contains(left);
        assertThat(running()).doesNotContain(left).containsAll(foreign.values());
    }

    @Test
    void what_a_deployment_whose_name_todays_rules_reject_left_is_left_over_too() throws Exception {
        String name = "w".repeat(40);
        store.save(Deployment.begin(name, name + "-0000000e", "instance", "eu-central-1", "alice", LONG_AGO)
                .beginRun(RunSummaries.begun("r3", LONG_AGO)));
        String left = instance(name, name + "-0000000e");

        assertThat(sweep(later(), Sweep.Act.LOOK)).extracting(item -> item.resource().id()).contains(left);
    }

    @Test
    void what_is_young_is_kept() throws Exception {
        String left = instance("web", "web-0000000a");

        assertThat(sweep(Clock.systemUTC(), Sweep.Act.REMOVE)).isNotEmpty()
                .allSatisfy(item -> assertThat(item.kept()).isEqualTo("it is younger than 1d"));
        assertThat(running()).contains(left);
    }

    @Test
    void nothing_is_removed_while_a_run_is_at_work_on_its_deployment_or_was_a_moment_ago() throws Exception {
        String left = instance("web", "web-0000000a");
        try (DeploymentLock held = store.lock("web", DeploymentLock.Holder.here("r9", Purpose.PROVISION, "bob", LONG_AGO))) {
            assertThat(sweep(later(), Sweep.Act.REMOVE)).isNotEmpty()
                    .allSatisfy(item -> assertThat(item.kept()).contains("being worked on"));
        }
        store.save(store.find("web").orElseThrow().beginRun(RunSummaries.begun("r9", later().instant().minusSeconds(60))));
        assertThat(sweep(later(), Sweep.Act.REMOVE)).isNotEmpty()
                .allSatisfy(item -> assertThat(item.kept()).contains("began less than 1d ago"));
        assertThat(running()).contains(left);
    }

    private List<OrphanedResource> sweep(Clock clock, Sweep.Act act) throws Exception {
        return sweep(clock, act, aws.environment(), sentence -> {});
    }

    private List<OrphanedResource> sweep(Clock clock, Sweep.Act act, Map<String, String> prices, Consumer<String> notes) throws Exception {
        AwsSettings settings = AwsSettings.of("eu-central-1", aws.environment());
        return new Sweep(store, new Ec2AndIamResources(settings), new PriceList("eu-central-1", prices), "alice", clock, notes)
                .run(KEYS, DAY, act);
    }

    private static final Clock LATER = Clock.fixed(Instant.now().plus(Duration.ofDays(2)), ZoneOffset.UTC);

    private static Clock later() {
        return LATER;
    }

    private void leaveEverything(String name, String id) {
        instance(name, id);
        ec2.createVolume(r -> r.size(8).availabilityZone("eu-central-1a").tagSpecifications(tags(ResourceType.VOLUME, name, id)));
        ec2.createSecurityGroup(
                r -> r.groupName(id + "-x").description("x").tagSpecifications(tags(ResourceType.SECURITY_GROUP, name, id)));
        ec2.createKeyPair(r -> r.keyName(id + "-x").tagSpecifications(tags(ResourceType.KEY_PAIR, name, id)));
        ec2.allocateAddress(r -> r.tagSpecifications(tags(ResourceType.ELASTIC_IP, name, id)));
        List<software.amazon.awssdk.services.iam.model.Tag> tags = tags(name, id).stream()
                .map(tag -> software.amazon.awssdk.services.iam.model.Tag.builder().key(tag.key()).value(tag.value()).build())
                .toList();
        iam.createRole(r -> r.roleName(id).path("/ec2-docker/").assumeRolePolicyDocument("{}").tags(tags));
        iam.attachRolePolicy(r -> r.roleName(id).policyArn("arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"));
        iam.createInstanceProfile(r -> r.instanceProfileName(id).path("/ec2-docker/").tags(tags));
        iam.addRoleToInstanceProfile(r -> r.instanceProfileName(id).roleName(id));
        iam.createRole(r -> r.roleName("foreign-role").path("/ec2-docker/").assumeRolePolicyDocument("{}"));
    }

    private String rule(String group, int port) {
        return ec2.authorizeSecurityGroupIngress(r -> r.groupId(group).ipPermissions(permission(port))
                .tagSpecifications(tags(ResourceType.SECURITY_GROUP_RULE, "live", "live-0000000b")))
                .securityGroupRules().get(0).securityGroupRuleId();
    }

    private static IpPermission permission(int port) {
        return IpPermission.builder().ipProtocol("tcp").fromPort(port).toPort(port).ipRanges(IpRange.builder().cidrIp("10.0.0.0/8").build())
                .build();
    }

    private String instance(String name, String id) {
        return ec2.runInstances(r -> r.imageId(image()).minCount(1).maxCount(1)
                .tagSpecifications(tags(ResourceType.INSTANCE, name, id), tags(ResourceType.VOLUME, name, id)))
                .instances().get(0).instanceId();
    }

    private String image() {
        return ec2.describeImages(r -> r.owners("099720109477")).images().get(0).imageId();
    }

    private List<String> running() {
        return ec2.describeInstances(r -> r.filters(Filter.builder().name("instance-state-name").values("pending", "running").build()))
                .reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .map(Instance::instanceId)
                .sorted()
                .toList();
    }

    private static TagSpecification tags(ResourceType type, String name, String id) {
        return TagSpecification.builder().resourceType(type).tags(tags(name, id)).build();
    }

    private static List<Tag> tags(String name, String id) {
        List<Tag> tags = new ArrayList<>();
        Map.of("Name", name, "ec2-docker:deployment", id, "ec2-docker:name", name, "ec2-docker:managed-by", "ec2-docker")
                .forEach((key, value) -> tags.add(Tag.builder().key(key).value(value).build()));
        return tags;
    }

    private static String state(String... typesAndIds) {
        StringJoiner resources = new StringJoiner(",");
        for (int i = 0; i < typesAndIds.length; i += 2) {
            resources.add(
                    "{\"mode\":\"managed\",\"type\":\"" + typesAndIds[i] + "\",\"name\":\"this\",\"instances\":[{\"attributes\":{\"id\":\""
                            + typesAndIds[i + 1] + "\"}}]}");
        }
        return "{\"version\":4,\"terraform_version\":\"1.11.4\",\"serial\":1,\"lineage\":\"x\",\"outputs\":{},\"resources\":[" + resources
                + "]}";
    }

    private static ProvisionRequest request() throws Exception {
        return RequestParser.parse(DocumentReader.read(
                "{name: web, region: eu-central-1, instanceType: t3.small, containers: [{image: nginx}]}", DocumentReader.Format.YAML))
                .orElseThrow();
    }
}
