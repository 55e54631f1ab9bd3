package io.jenkins.plugins.ec2docker.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.KeyPairInfo;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The fixture must be what the other tests take it for. */
@ExtendWith(MotoExtension.class)
class MotoTest {

    private final Moto moto;

    MotoTest(Moto moto) {
        this.moto = moto;
    }

    @BeforeEach
    void empty() {
        moto.reset();
    }

    @Test
    void has_two_releases_of_each_ubuntu_for_both_architectures() {
        try (Ec2Client ec2 = moto.ec2()) {
            List<Image> images = ec2.describeImages(r -> r.owners("099720109477")).images();
            assertThat(images).hasSize(8).allMatch(image -> image.name().startsWith("ubuntu/images/hvm-ssd"));
            assertThat(images.stream().map(Image::architectureAsString).distinct()).containsExactlyInAnyOrder("x86_64", "arm64");
        }
    }

    @Test
    void has_the_managed_policy_for_systems_manager() {
        try (IamClient iam = moto.iam()) {
            String arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
            assertThat(iam.getPolicy(r -> r.policyArn(arn)).policy().policyName()).isEqualTo("AmazonSSMManagedInstanceCore");
        }
    }

    @Test
    void forgets_everything_on_reset() {
        try (Ec2Client ec2 = moto.ec2()) {
            ec2.createKeyPair(r -> r.keyName("left-behind"));
            assertThat(ec2.describeKeyPairs().keyPairs()).extracting(KeyPairInfo::keyName).contains("left-behind");
            moto.reset();
            assertThat(ec2.describeKeyPairs().keyPairs()).isEmpty();
        }
    }

    @Test
    void a_copy_has_what_was_there_and_goes_its_own_way() {
        try (Ec2Client ec2 = moto.ec2()) {
            ec2.createKeyPair(r -> r.keyName("common"));
            try (Moto copy = moto.copy(); Ec2Client there = copy.ec2()) {
                ec2.createKeyPair(r -> r.keyName("here"));
                there.createKeyPair(r -> r.keyName("there"));
                assertThat(ec2.describeKeyPairs().keyPairs()).extracting(KeyPairInfo::keyName).containsExactlyInAnyOrder("common", "here");
                assertThat(there.describeKeyPairs().keyPairs()).extracting(KeyPairInfo::keyName)
                        .containsExactlyInAnyOrder("common", "there");
                copy.reset();
                assertThat(ec2.describeKeyPairs().keyPairs()).hasSize(2);
            }
            assertThat(ec2.describeKeyPairs().keyPairs()).hasSize(2);
        }
    }

    @Test
    void is_one_server_for_the_whole_jvm(Moto other) {
        try (StsClient sts = moto.sts()) {
            assertThat(other).isSameAs(moto);
            assertThat(sts.getCallerIdentity().account()).isEqualTo(Moto.ACCOUNT);
        }
    }
}
