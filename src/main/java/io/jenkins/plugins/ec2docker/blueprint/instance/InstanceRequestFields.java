package io.jenkins.plugins.ec2docker.blueprint.instance;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestWriter;
import io.jenkins.plugins.ec2docker.request.values.DisplayText;
import io.jenkins.plugins.ec2docker.terraform.events.Event;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which field of a request an error of Terraform is about. Terraform names the lookup or the resource that failed, which users have never
 * heard of, and AWS a code. Pure.
 */
public final class InstanceRequestFields {

    /** By address in blueprint {@code instance}, without the key. */
    private static final Map<String, String> ADDRESSES = Map.of(
            "data.aws_subnet.this", "network.subnetId",
            "data.aws_subnets.candidates", "network.vpcId",
            "data.aws_kms_key.this", "disk.kmsKeyId",
            "data.aws_ami.ubuntu", "machineImage",
            "data.aws_ami.this", "machineImage",
            "data.aws_ssm_parameter.al2023", "machineImage",
            "aws_key_pair.this", "sshPublicKey");

    /**
     * By the beginning of the code with which RunInstances and its like refuse a value
     * (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html).
     */
    private static final Map<String, String> CODES = Map.of(
            "InvalidKeyPair.", "keyName",
            "InvalidAMIID.", "machineImage",
            "InvalidSubnetID.", "network.subnetId",
            "InvalidVpcID.", "network.vpcId",
            "InsufficientInstanceCapacity", "instanceType",
            "InstanceLimitExceeded", "instanceType",
            "VcpuLimitExceeded", "instanceType",
            "InvalidBlockDeviceMapping", "disk.sizeGiB");

    private static final Pattern CODE = Pattern.compile("api error ([A-Za-z.]{1,80}):");

    private InstanceRequestFields() {}

    /** The field alone, where the request is not at hand. */
    public static Optional<String> field(Event.Diagnostic error) {
        String address = Objects.requireNonNullElse(error.address(), "").replaceFirst("\\[.*", "");
        String field = ADDRESSES.get(address);
        if (field == null && !address.startsWith("data.")) {
            Matcher code = CODE.matcher(error.summary() + "\n" + error.detail());
            field = code.find()
                    ? CODES.entrySet().stream().filter(each -> code.group(1).startsWith(each.getKey())).map(Map.Entry::getValue)
                            .findFirst().orElse(null)
                    : null;
        }
        return Optional.ofNullable(field);
    }

    /**
     * The field with the value that was typed, as in {@code network.subnetId "subnet-0123456789abcdef0"}.
     *
     * @param request whose run it is
     */
    public static Function<Event.Diagnostic, Optional<String>> of(ProvisionRequest request) {
        Map<String, Object> document = RequestWriter.of(request);
        return error -> field(error).map(field -> {
            Object value = value(document, field);
            return value == null ? field : field + " \"" + DisplayText.shorten(value.toString()) + "\"";
        });
    }

    @CheckForNull
    private static Object value(Map<String, Object> document, String field) {
        Object value = document;
        for (String name : field.split("\\.")) {
            value = value instanceof Map<?, ?> section ? section.get(name) : null;
        }
        return value;
    }
}
