package io.jenkins.plugins.ec2docker.request;

import java.util.List;

/** Reads {@code network}. */
final class NetworkSection {
    private NetworkSection() {}

    /** The default where there is none. */
    static Network read(Node node) {
        Fields fields = node.fields("vpcId", "subnetId", "ingressCidrs", "sshCidrs", "publicIp", "elasticIp");
        if (fields == null) {
            return Network.DEFAULT;
        }
        String vpc = fields.get("vpcId").text(AwsNames.VPC_ID, "must be a VPC's id, vpc- and 8 or 17 hexadecimal digits.");
        String subnet = fields.get("subnetId").text(AwsNames.SUBNET_ID, "must be a subnet's id, subnet- and 8 or 17 hexadecimal digits.");
        Node ingress = fields.get("ingressCidrs");
        List<String> ingressCidrs = ingress.isAbsent() ? Network.DEFAULT.ingressCidrs() : CidrList.read(ingress);
        List<String> sshCidrs = CidrList.read(fields.get("sshCidrs"));
        Boolean publicIp = fields.get("publicIp").bool();
        boolean elasticIp = Boolean.TRUE.equals(fields.get("elasticIp").bool());
        if (elasticIp && Boolean.FALSE.equals(publicIp)) {
            fields.get("elasticIp").refuse("is a public address, but publicIp is false; drop one of the two.");
        }
        return new Network(vpc, subnet, ingressCidrs, sshCidrs, publicIp, elasticIp);
    }
}
