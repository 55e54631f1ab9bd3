package io.jenkins.plugins.ec2docker.blueprint.instance;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Map;
import java.util.Optional;

/** Which field of a request a resource or a lookup comes from, because Terraform's errors name neither the field nor the value. Pure. */
public final class InstanceRequestFields {

    /** By address in blueprint {@code instance}, without the key. */
    private static final Map<String, String> FIELDS = Map.of(
            "data.aws_subnet.this", "network.subnetId",
            "data.aws_subnets.candidates", "network.vpcId",
            "data.aws_kms_key.this", "disk.kmsKeyId",
            "data.aws_ami.ubuntu", "machineImage",
            "data.aws_ssm_parameter.al2023", "machineImage",
            "aws_key_pair.this", "sshPublicKey");

    private InstanceRequestFields() {}

    /** @param address of a resource or data source, or null */
    public static Optional<String> field(@CheckForNull String address) {
        return address == null ? Optional.empty() : Optional.ofNullable(FIELDS.get(address.replaceFirst("\\[.*", "")));
    }
}
