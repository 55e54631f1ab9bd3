package io.jenkins.plugins.ec2docker.request.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.request.values.ImageReference;
import io.jenkins.plugins.ec2docker.request.values.ParseResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EcrRepositoryTest {

    @ParameterizedTest
    @CsvSource({
        "123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/shop:1, arn:aws:ecr:eu-central-1:123456789012:repository/team/shop",
        "123456789012.dkr.ecr.us-gov-west-1.amazonaws.com/shop, arn:aws-us-gov:ecr:us-gov-west-1:123456789012:repository/shop",
        "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/shop@sha256:%s, arn:aws-cn:ecr:cn-north-1:123456789012:repository/shop"
    })
    void a_private_repository_is_known_by_its_registry(String image, String arn) {
        assertThat(EcrRepository.of(reference(image.formatted("0".repeat(64))))).map(EcrRepository::arn).contains(arn);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "ghcr.io/acme/app", "public.ecr.aws/nginx/nginx:1", "dkr.ecr.eu-central-1.amazonaws.com/x",
        "123456789012.dkr.ecr.eu-central-1.amazonaws.com.evil.example/x"})
    void what_is_elsewhere_needs_no_such_login(String image) {
        assertThat(EcrRepository.of(reference(image))).isEmpty();
    }

    private static ImageReference reference(String text) {
        return ((ParseResult.Valid<ImageReference>) ImageReference.parse(text)).value();
    }
}
