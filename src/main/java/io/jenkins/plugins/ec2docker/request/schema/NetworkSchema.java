package io.jenkins.plugins.ec2docker.request.schema;

import io.jenkins.plugins.ec2docker.request.document.DocumentNode;
import io.jenkins.plugins.ec2docker.request.document.DocumentSection;
import io.jenkins.plugins.ec2docker.request.model.Network;
import io.jenkins.plugins.ec2docker.request.values.AwsNamePatterns;
import java.util.List;
import java.util.stream.Stream;

/** Reads {@code network}. */
public final class NetworkSchema {
    private NetworkSchema() {}

    /** The default where there is none. What {@code SectionReader} reads is let pass. */
    public static Network read(DocumentNode node, String blueprint) {
        return blueprint.equals(BlueprintFields.INSTANCE) ? ofInstance(node) : ofMany(node, blueprint);
    }

    private static Network ofMany(DocumentNode node, String blueprint) {
        boolean ssh = blueprint.equals(BlueprintFields.AUTOSCALED);
        Stream<String> own = ssh ? Stream.of("vpcId", "ingressCidrs", "sshCidrs") : Stream.of("vpcId", "ingressCidrs");
        if (node.isMap()) {
            for (String field : ssh ? List.of("subnetId", "publicIp", "elasticIp")
                    : List.of("subnetId", "publicIp", "elasticIp", "sshCidrs")) {
                if (!node.peek(field).isAbsent()) {
                    node.peek(field).refuse("is not known to blueprint " + blueprint + ", whose " + (ssh ? "instances" : "tasks")
                            + " are in private subnets behind a load balancer; remove it"
                            + (field.equals("subnetId") ? ", or give vpcId, publicSubnetIds and privateSubnetIds." : "."));
                }
            }
        }
        DocumentSection fields = node.fields(Stream.concat(own, Stream.concat(SectionShapes.network().keySet().stream(),
                Stream.of("subnetId", "publicIp", "elasticIp", "sshCidrs"))).distinct().toArray(String[]::new));
        if (fields == null) {
            return Network.DEFAULT;
        }
        String vpc = fields.get("vpcId").text(AwsNamePatterns.VPC_ID, "must be a VPC's id, vpc- and 8 or 17 hexadecimal digits.");
        DocumentNode ingress = fields.get("ingressCidrs");
        List<String> ingressCidrs = ingress.isAbsent() ? Network.DEFAULT.ingressCidrs() : CidrListField.read(ingress);
        List<String> sshCidrs = ssh ? CidrListField.read(fields.get("sshCidrs")) : List.of();
        return new Network(vpc, null, ingressCidrs, sshCidrs, null, false);
    }

    private static Network ofInstance(DocumentNode node) {
        DocumentSection fields = node.fields("vpcId", "subnetId", "ingressCidrs", "sshCidrs", "publicIp", "elasticIp");
        if (fields == null) {
            return Network.DEFAULT;
        }
        String vpc = fields.get("vpcId").text(AwsNamePatterns.VPC_ID, "must be a VPC's id, vpc- and 8 or 17 hexadecimal digits.");
        String subnet =
                fields.get("subnetId").text(AwsNamePatterns.SUBNET_ID, "must be a subnet's id, subnet- and 8 or 17 hexadecimal digits.");
        DocumentNode ingress = fields.get("ingressCidrs");
        List<String> ingressCidrs = ingress.isAbsent() ? Network.DEFAULT.ingressCidrs() : CidrListField.read(ingress);
        List<String> sshCidrs = CidrListField.read(fields.get("sshCidrs"));
        Boolean publicIp = fields.get("publicIp").bool();
        boolean elasticIp = Boolean.TRUE.equals(fields.get("elasticIp").bool());
        if (elasticIp && Boolean.FALSE.equals(publicIp)) {
            fields.get("elasticIp").refuse("is a public address, but publicIp is false; drop one of the two.");
        }
        return new Network(vpc, subnet, ingressCidrs, sshCidrs, publicIp, elasticIp);
    }
}
