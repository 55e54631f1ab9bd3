package io.jenkins.plugins.ec2docker.aws.cleanup;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.access.AwsClientFactory;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsCall;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.pricing.Charge;
import io.jenkins.plugins.ec2docker.aws.pricing.Product;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;

/** What carries this product's tags in one region of EC2. */
final class Ec2Cleanup {
    static final String MANAGED_BY = "ec2-docker:managed-by";
    static final String PRODUCT = "ec2-docker";
    private static final Filter OURS = Filter.builder().name("tag:" + MANAGED_BY).values(PRODUCT).build();
    /** AWS puts it on the instances that an Auto Scaling group launches; nobody else can. */
    private static final String GROUP = "aws:autoscaling:groupName";
    private static final Set<String> RUNNING = Set.of("pending", "running");
    private static final Set<String> GONE = Set.of("terminated", "shutting-down");
    /** AWS takes a minute or two to terminate an instance. */
    private static final Duration TERMINATION = Duration.ofMinutes(10);

    private final AwsSettings settings;

    Ec2Cleanup(AwsSettings settings) {
        this.settings = settings;
    }

    /** @param deployment null for all */
    List<TaggedResource> find(SessionCredentials credentials, @CheckForNull String deployment) throws AwsException {
        List<Filter> ours =
                deployment == null ? List.of(OURS) : List.of(OURS, Filter.builder().name("tag:ec2-docker:name").values(deployment).build());
        try (Ec2Client ec2 = new AwsClientFactory(settings).ec2(credentials)) {
            List<TaggedResource> found = new ArrayList<>();
            // A group's instances, and their disks, come and go with it, whoever knows it.
            Set<String> grouped = new HashSet<>();
            ask(credentials, "DescribeInstances", () -> ec2.describeInstancesPaginator(r -> r.filters(ours)).reservations().stream()
                    .flatMap(reservation -> reservation.instances().stream())
                    .filter(instance -> !GONE.contains(instance.state().nameAsString()))
                    .filter(instance -> tag(instance.tags(), GROUP).isEmpty() || !grouped.add(instance.instanceId()))
                    .map(instance -> resource(ResourceKind.INSTANCE, instance.instanceId(), instance.tags(), instance.launchTime(),
                            instance.instanceTypeAsString() + ", " + instance.state().nameAsString(), null,
                            RUNNING.contains(instance.state().nameAsString())
                                    ? Charge.one(Product.instance(instance.instanceTypeAsString())) : null))
                    .toList()).forEach(found::add);
            ask(credentials, "DescribeVolumes", () -> ec2.describeVolumesPaginator(r -> r.filters(ours)).volumes().stream()
                    .filter(volume -> !grouped.contains(attached(volume)))
                    .map(volume -> resource(ResourceKind.VOLUME, volume.volumeId(), volume.tags(), volume.createTime(),
                            volume.size() + " GiB " + volume.volumeTypeAsString(), attached(volume),
                            new Charge(Product.volume(volume.volumeTypeAsString()), volume.size())))
                    .toList()).forEach(found::add);
            // One that a state does not know stands in the way of the same one, and keeps a port open that nobody asks for any more.
            ask(credentials, "DescribeSecurityGroupRules",
                    () -> ec2.describeSecurityGroupRulesPaginator(r -> r.filters(ours)).securityGroupRules()
                            .stream()
                            .map(rule -> resource(rule.isEgress() ? ResourceKind.EGRESS_RULE : ResourceKind.INGRESS_RULE,
                                    rule.securityGroupRuleId(), rule.tags(), null,
                                    described(rule), null, null))
                            .toList())
                    .forEach(found::add);
            ask(credentials, "DescribeSecurityGroups", () -> ec2.describeSecurityGroupsPaginator(r -> r.filters(ours)).securityGroups()
                    .stream()
                    // A VPC's own group cannot be removed, and goes with it.
                    .filter(group -> !group.groupName().equals("default"))
                    .map(group -> resource(ResourceKind.SECURITY_GROUP, group.groupId(), group.tags(), null, group.groupName(), null, null))
                    .toList()).forEach(found::add);
            ask(credentials, "DescribeKeyPairs", () -> ec2.describeKeyPairs(r -> r.filters(ours)).keyPairs().stream()
                    .map(key -> resource(ResourceKind.KEY_PAIR, key.keyName(), key.tags(), key.createTime(), key.keyPairId(), null, null))
                    .toList()).forEach(found::add);
            ask(credentials, "DescribeAddresses", () -> ec2.describeAddresses(r -> r.filters(ours)).addresses().stream()
                    .map(address -> resource(
                            ResourceKind.ADDRESS, address.allocationId(), address.tags(), null, address.publicIp(), null,
                            Charge.one(Product.ADDRESS)))
                    .toList()).forEach(found::add);
            return found;
        }
    }

    void remove(SessionCredentials credentials, TaggedResource resource) throws AwsException, InterruptedException {
        String id = resource.id();
        try (Ec2Client ec2 = new AwsClientFactory(settings).ec2(credentials)) {
            switch (resource.kind()) {
                case INSTANCE -> terminate(ec2, credentials, id);
                case ADDRESS -> {
                    for (Address address : ask(credentials, "DescribeAddresses",
                            () -> ec2.describeAddresses(r -> r.allocationIds(id)).addresses())) {
                        if (address.associationId() != null && !address.associationId().isEmpty()) {
                            ask(credentials, "DisassociateAddress",
                                    () -> ec2.disassociateAddress(r -> r.associationId(address.associationId())));
                        }
                    }
                    ask(credentials, "ReleaseAddress", () -> ec2.releaseAddress(r -> r.allocationId(id)));
                }
                case VOLUME -> ask(credentials, "DeleteVolume", () -> ec2.deleteVolume(r -> r.volumeId(id)));
                case INGRESS_RULE -> {
                    String group = groupOf(ec2, credentials, id);
                    ask(credentials, "RevokeSecurityGroupIngress",
                            () -> ec2.revokeSecurityGroupIngress(r -> r.groupId(group).securityGroupRuleIds(id)));
                }
                case EGRESS_RULE -> {
                    String group = groupOf(ec2, credentials, id);
                    ask(credentials, "RevokeSecurityGroupEgress",
                            () -> ec2.revokeSecurityGroupEgress(r -> r.groupId(group).securityGroupRuleIds(id)));
                }
                case SECURITY_GROUP -> ask(credentials, "DeleteSecurityGroup", () -> ec2.deleteSecurityGroup(r -> r.groupId(id)));
                case KEY_PAIR -> ask(credentials, "DeleteKeyPair", () -> ec2.deleteKeyPair(r -> r.keyName(id)));
                default -> throw new IllegalArgumentException(resource + " is not EC2's");
            }
        }
    }

    /** Its security group and its disks can only go when it is gone. */
    private void terminate(Ec2Client ec2, SessionCredentials credentials, String id) throws AwsException, InterruptedException {
        ask(credentials, "TerminateInstances", () -> ec2.terminateInstances(r -> r.instanceIds(id)));
        Instant end = Instant.now().plus(TERMINATION);
        while (Instant.now().isBefore(end)) {
            boolean gone =
                    ask(credentials, "DescribeInstances", () -> ec2.describeInstances(r -> r.instanceIds(id)).reservations()).stream()
                            .flatMap(reservation -> reservation.instances().stream())
                            .allMatch(instance -> instance.state().nameAsString().equals("terminated"));
            if (gone) {
                return;
            }
            TimeUnit.SECONDS.sleep(3);
        }
        throw new AwsException(AwsException.Reason.OTHER,
                "Instance " + id + " is still not terminated after " + TERMINATION.toMinutes() + " min; sweep again later.", null);
    }

    private <T> T ask(SessionCredentials credentials, String action, java.util.function.Supplier<T> call) throws AwsException {
        return new AwsCall(settings, credentials, "ec2:" + action).ask(call);
    }

    private String groupOf(Ec2Client ec2, SessionCredentials credentials, String rule) throws AwsException {
        return ask(credentials, "DescribeSecurityGroupRules", () -> ec2.describeSecurityGroupRules(r -> r.securityGroupRuleIds(rule)))
                .securityGroupRules().get(0).groupId();
    }

    private static String described(SecurityGroupRule rule) {
        String address = rule.cidrIpv4() != null ? rule.cidrIpv4() : rule.cidrIpv6();
        return rule.groupId() + ", " + rule.ipProtocol() + "/" + rule.fromPort() + (rule.isEgress() ? " to " : " from ") + address;
    }

    @CheckForNull
    private static String attached(Volume volume) {
        return volume.attachments().stream().map(attachment -> attachment.instanceId()).findFirst().orElse(null);
    }

    private static TaggedResource resource(
            ResourceKind kind, String id, List<Tag> tags, @CheckForNull Instant created, String detail, @CheckForNull String partOf,
            @CheckForNull Charge charge) {
        return new TaggedResource(kind, id, tag(tags, "ec2-docker:deployment"), tag(tags, "ec2-docker:name"), created, detail, partOf,
                charge);
    }

    private static String tag(List<Tag> tags, String key) {
        return tags.stream().filter(tag -> tag.key().equals(key)).map(Tag::value).findFirst().orElse("");
    }
}
