package io.jenkins.plugins.ec2docker.request.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ec2docker.request.values.AwsNamePatterns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {

    /** Every family of DescribeInstanceTypes as moto 5.2.1 has it (1,263 types), with the architecture that EC2 says it supports. */
    @ParameterizedTest
    @CsvFileSource(resources = "instance-families.csv", numLinesToSkip = 1)
    void follows_from_the_name_of_the_family(String family, String architecture) {
        assertThat(AwsNamePatterns.INSTANCE_TYPE.test(family + ".large")).isTrue();
        assertThat(Architecture.of(family + ".large").text()).isEqualTo(architecture);
    }

    @ParameterizedTest
    @CsvSource({"p6e-gb200.36xlarge, arm64", "p6-b200.48xlarge, x86_64", "u-6tb1.112xlarge, x86_64", "m7g.metal-48xl, arm64",
        "m99xgy.large, arm64"})
    void follows_from_the_name_of_types_to_come(String type, String architecture) {
        assertThat(AwsNamePatterns.INSTANCE_TYPE.test(type)).isTrue();
        assertThat(Architecture.of(type).text()).isEqualTo(architecture);
    }

    @Test
    void what_is_no_type_has_none() {
        assertThatThrownBy(() -> Architecture.of("t3")).isInstanceOf(IllegalArgumentException.class).hasMessage("not an instance type: t3");
    }

    /** The Regions of botocore 1.43's endpoints, all partitions. */
    @ParameterizedTest
    @ValueSource(strings = {
        "af-south-1", "ap-east-1", "ap-northeast-3", "ap-southeast-7", "ca-west-1", "eu-central-2", "il-central-1", "me-south-1",
        "mx-central-1",
        "sa-east-1", "us-east-2", "us-west-2", "cn-north-1", "cn-northwest-1", "us-gov-east-1", "us-iso-west-1", "us-isob-east-1",
        "eu-isoe-west-1",
        "us-isof-south-1", "eusc-de-east-1"
    })
    void regions_of_every_partition_are_taken(String region) {
        assertThat(AwsNamePatterns.REGION.test(region)).isTrue();
        assertThat(AwsNamePatterns.AVAILABILITY_ZONE.test(region + "a")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "arn:aws:iam::123456789012:role/a", "arn:aws-cn:iam::123456789012:role/a/b/c", "arn:aws-us-gov:iam::123456789012:role/a",
        "arn:aws-iso-b:iam::123456789012:role/a", "arn:aws-eusc:iam::123456789012:role/x+=,.@-_", "arn:aws:iam::123456789012:role/$!~/a"
    })
    void roles_of_every_partition_are_taken(String arn) {
        assertThat(AwsNamePatterns.ROLE_ARN.test(arn)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "1234abcd-12ab-34cd-56ef-1234567890ab", "mrk-1234567890abcdef1234567890abcdef", "alias/aws/ebs", "alias/my-key_1",
        "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab", "arn:aws-cn:kms:cn-north-1:123456789012:alias/x"
    })
    void keys_of_every_form_are_taken(String key) {
        assertThat(AwsNamePatterns.KMS_KEY.test(key)).isTrue();
    }
}
