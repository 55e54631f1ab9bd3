package io.jenkins.plugins.ec2docker.request.values;

import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The syntax of AWS's own names, so far as AWS promises it; whether a name exists only AWS can tell. */
public final class AwsNamePatterns {
    /**
     * Region codes of all partitions, as us-east-1, us-gov-west-1, us-isob-east-1, eusc-de-east-1.
     * docs.aws.amazon.com/general/latest/gr/rande.html; the European Sovereign Cloud begins with four letters.
     */
    public static final Predicate<String> REGION = full("(?:[a-z]{2}|eusc)(?:-[a-z]+){1,3}-[1-9][0-9]?");

    /** An Availability Zone is a Region code and a letter: what people give most often in place of a Region. */
    public static final Predicate<String> AVAILABILITY_ZONE = full("(?:[a-z]{2}|eusc)(?:-[a-z]+){1,3}-[1-9][0-9]?[a-z]");

    /** Family with generation and options, a dot, size: docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html. */
    public static final Predicate<String> INSTANCE_TYPE =
            full("[a-z]+-?[0-9]*[a-z]*(?:-[a-z0-9]+)*\\.(?:[0-9]*[a-z]+)(?:-[0-9]+[a-z]+)?");

    /**
     * Role ARN in any partition (aws, aws-cn, aws-us-gov, aws-iso…, aws-eusc). Path and name as in "CreateRole",
     * docs.aws.amazon.com/IAM/latest/APIReference: a path of up to 512 characters, a name of 1 to 64 out of {@code [\w+=,.@-]}.
     */
    public static final Predicate<String> ROLE_ARN =
            full("arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:role/(?:[\\x21-\\x2e\\x30-\\x7e]{1,500}/){0,20}[A-Za-z0-9_+=,.@-]{1,64}");

    /** docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html, "ExternalId": 2 to 1,224 characters. */
    public static final Predicate<String> EXTERNAL_ID = full("[A-Za-z0-9_+=,.@:/-]{2,1224}");

    public static final Predicate<String> VPC_ID = resource("vpc");
    public static final Predicate<String> SUBNET_ID = resource("subnet");
    public static final Predicate<String> IMAGE_ID = resource("ami");

    private static final String KEY_ID = "(?:[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|mrk-[0-9a-f]{32})";
    private static final String KEY_ALIAS = "alias/[A-Za-z0-9/_-]{1,250}";

    /** Key id, alias, or the ARN of either: "KmsKeyId" in docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EbsBlockDevice.html. */
    public static final Predicate<String> KMS_KEY = full("(?:" + KEY_ID + "|" + KEY_ALIAS
            + "|arn:aws(?:-[a-z]+)*:kms:[a-z0-9-]+:[0-9]{12}:(?:key/" + KEY_ID + "|" + KEY_ALIAS + "))");

    private static final Map<String, String> PARTITIONS = Map.of("cn-", "aws-cn", "us-gov-", "aws-us-gov", "us-iso-", "aws-iso",
            "us-isob-", "aws-iso-b", "us-isof-", "aws-iso-f", "eu-isoe-", "aws-iso-e", "eusc-", "aws-eusc");

    private AwsNamePatterns() {}

    /**
     * The partition that a Region is of, as ARNs name it: aws, aws-cn, aws-us-gov and so on. What is global in AWS (CloudFront, IAM, us-east-1 for
     * their certificates) is another one in each.
     * docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html; Regions begin as in SDKs' list of partitions.
     */
    public static String partition(String region) {
        return PARTITIONS.entrySet().stream().filter(each -> region.startsWith(each.getKey())).map(Map.Entry::getValue).findFirst()
                .orElse("aws");
    }

    /** The Region in a KMS ARN; empty for what is no ARN. */
    public static String regionOfArn(String name) {
        String[] parts = name.split(":", 6);
        return parts.length < 6 ? "" : parts[3];
    }

    /** 8 or 17 hexadecimal digits: docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html. */
    private static Predicate<String> resource(String prefix) {
        return full(prefix + "-(?:[0-9a-f]{8}|[0-9a-f]{17})");
    }

    private static Predicate<String> full(String regex) {
        return Pattern.compile(regex).asMatchPredicate();
    }
}
