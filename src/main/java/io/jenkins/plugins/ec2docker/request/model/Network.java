package io.jenkins.plugins.ec2docker.request.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/**
 * Where the instance stands and who reaches it.
 *
 * @param vpcId null for the VPC of the subnet, or the account's default VPC
 * @param subnetId null for one of the VPC's
 * @param ingressCidrs networks that reach the published ports, IPv4 or IPv6 in canonical text; empty for nobody
 * @param sshCidrs networks that reach port 22; empty leaves it closed
 * @param publicIp whether the instance gets a public address; null leaves it to the subnet
 * @param elasticIp whether that address is an Elastic IP, which stays when the instance is replaced
 */
public record Network(
        @CheckForNull String vpcId, @CheckForNull String subnetId, List<String> ingressCidrs, List<String> sshCidrs,
        @CheckForNull Boolean publicIp, boolean elasticIp) {

    /** What holds where a request says nothing: the default VPC, published ports open to all IPv4 networks, no SSH. */
    public static final Network DEFAULT = new Network(null, null, List.of("0.0.0.0/0"), List.of(), null, false);

    public Network {
        ingressCidrs = List.copyOf(ingressCidrs);
        sshCidrs = List.copyOf(sshCidrs);
    }
}
