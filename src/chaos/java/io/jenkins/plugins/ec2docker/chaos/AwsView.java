package io.jenkins.plugins.ec2docker.chaos;

import io.jenkins.plugins.ec2docker.testing.Moto;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceAttributeName;
import software.amazon.awssdk.services.iam.IamClient;

/**
 * All that is in AWS, looked up by nothing that the engine has. Tags are not asked for: what lost them would be lost indeed.
 *
 * @param things all but what AWS has of itself
 */
public record AwsView(List<Thing> things) {

    private static final Set<String> GONE = Set.of("terminated", "shutting-down");
    private static final Pattern GENERATION = Pattern.compile("^RUN_ID='([^']+)'$", Pattern.MULTILINE);

    /**
     * @param id as a state has it
     * @param partOf the id of what it goes with, or null
     * @param generation the run that wanted it, of an instance; else null
     */
    public record Thing(String kind, String id, String partOf, String generation) {

        static final String RULE = "security group rule";

        /** A disk is known with its instance; a rule of an unknown group is no more than that group. */
        boolean isCoveredBy(Set<String> known) {
            return known.contains(id) || partOf != null && known.contains(partOf) != kind.equals(RULE);
        }
    }

    public static AwsView of(Moto moto) throws Exception {
        List<Thing> things = new ArrayList<>();
        try (Ec2Client ec2 = moto.ec2()) {
            ec2.describeInstancesPaginator().reservations().stream().flatMap(reservation -> reservation.instances().stream())
                    .filter(instance -> !GONE.contains(instance.state().nameAsString()))
                    .forEach(instance -> things
                            .add(new Thing("instance", instance.instanceId(), null, generation(ec2, instance.instanceId()))));
            ec2.describeVolumesPaginator().volumes().forEach(volume -> things.add(new Thing("volume", volume.volumeId(),
                    volume.attachments().isEmpty() ? null : volume.attachments().get(0).instanceId(), null)));
            ec2.describeSecurityGroupsPaginator().securityGroups().stream().filter(group -> !group.groupName().equals("default"))
                    .forEach(group -> things.add(new Thing("security group", group.groupId(), null, null)));
            ec2.describeSecurityGroupRulesPaginator(r -> {}).securityGroupRules()
                    .forEach(rule -> things.add(new Thing(Thing.RULE, rule.securityGroupRuleId(), rule.groupId(), null)));
            ec2.describeKeyPairs().keyPairs().forEach(key -> things.add(new Thing("key pair", key.keyName(), null, null)));
            ec2.describeAddresses().addresses().forEach(address -> things.add(new Thing("address", address.allocationId(), null, null)));
        }
        try (IamClient iam = moto.iam()) {
            iam.listRolesPaginator().roles().forEach(role -> things.add(new Thing("role", role.roleName(), null, null)));
            iam.listInstanceProfilesPaginator().instanceProfiles()
                    .forEach(profile -> things.add(new Thing("instance profile", profile.instanceProfileName(), null, null)));
        }
        return new AwsView(List.copyOf(things));
    }

    List<Thing> instances() {
        return things.stream().filter(thing -> thing.kind().equals("instance")).toList();
    }

    /** As EC2 would give it to the instance: the boot script, packed or plain. */
    private static String generation(Ec2Client ec2, String instance) {
        byte[] data = Base64.getDecoder().decode(
                ec2.describeInstanceAttribute(r -> r.instanceId(instance).attribute(InstanceAttributeName.USER_DATA)).userData().value());
        try {
            boolean packed = data[0] == 0x1f && (data[1] & 0xff) == 0x8b;
            String script = new String(packed ? new GZIPInputStream(new ByteArrayInputStream(data)).readAllBytes() : data,
                    StandardCharsets.UTF_8);
            Matcher matcher = GENERATION.matcher(script);
            return matcher.find() ? matcher.group(1) : "unknown";
        } catch (IOException e) {
            return "unknown";
        }
    }
}
