package io.jenkins.plugins.ec2docker.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.request.values.ImageReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagePatternTest {
    private static final String DIGEST = "@sha256:" + "0".repeat(64);

    @ParameterizedTest
    @CsvSource({
        "nginx, nginx, true",
        "nginx, nginx:1.27, true",
        "nginx, docker.io/nginx, true",
        "nginx, index.docker.io/library/nginx:1, true",
        "nginx, example.com/nginx, false",
        "nginx, example.com/library/nginx, false",
        "nginx, evil/nginx, false",
        "nginx, nginx-evil, false",
        "docker.io/nginx, nginx, true",
        "docker.io/library/nginx, nginx, true",
        "*, nginx, true",
        "*, acme/app, false",
        "*, example.com/app, false",
        "acme/*, acme/app, true",
        "acme/*, docker.io/acme/app:2, true",
        "acme/*, ghcr.io/acme/app, false",
        "acme/*, acme/team/app, false",
        "acme/**, acme/team/app, true",
        "docker.io/**, acme/app, true",
        "docker.io/**, nginx, true",
        "docker.io/**, docker.io.evil.com/nginx, false",
        "ghcr.io/acme/**, ghcr.io/acme/a/b:1, true",
        "ghcr.io/acme/**, ghcr.io/acme-evil/a, false",
        "ghcr.io/acme/**, ghcr.io/acme/../evil/a, false",
        "*.example.com/*, eu.example.com/app, true",
        "*.example.com/*, evil.com/x.example.com/app, false",
        "registry.example.com:5000/*, registry.example.com:5000/app:1, true",
        "registry.example.com:5000/*, registry.example.com/app:1, false",
        "localhost/*, localhost/app, true",
        "**, a.b/c/d:e, true",
        "**/nginx, example.com/x/nginx, true",
        "nginx:latest, nginx, true",
        "nginx:1.*, nginx:1.27, true",
        "nginx:1.*, nginx:2.0, false",
        "nginx:1.*, nginx, false",
        "nginx:1.27, nginx:1.27-evil, false",
        "nginx:*, nginx:1.27, true"
    })
    void allows_what_docker_would_read_the_same(String pattern, String image, boolean allowed) {
        assertThat(allows(pattern, image)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example.com/**, registry.example.com, true",
        "registry.example.com:5000/app:*, registry.example.com:5000, true",
        "registry.example.com/**, registry.example.com:5000, false",
        "*.example.com/**, eu.example.com, true",
        "*.com/**, example.com, false",
        "**, registry.example.com, false",
        "**/nginx, registry.example.com, false",
        "10.0.0.5:8080/**, 10.0.0.5:8080, true",
        "10.0.0.*/**, 10.0.0.5, false",
        "nginx, docker.io, true"
    })
    void a_registry_is_named_by_its_name_or_within_a_domain_and_not_by_a_pattern_for_all(String pattern, String registry, boolean named) {
        assertThat(ImagePattern.of(pattern).namesRegistry(registry)).isEqualTo(named);
    }

    /** Docker pulls by the digest: a tag beside it vouches for nothing. */
    @ParameterizedTest
    @CsvSource({
        "nginx, true", "nginx:*, true", "nginx:1.27, false", "nginx:1.27@sha256:*, true", "nginx@sha256:*, true", "nginx@sha256:1*, false",
        "nginx:1.26@sha256:*, false"
    })
    void an_image_with_a_digest_needs_a_pattern_for_it(String pattern, boolean allowed) {
        assertThat(allows(pattern, "nginx:1.27" + DIGEST)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({"nginx@sha256:*, false", "nginx:1.27@sha256:*, false"})
    void a_pattern_with_a_digest_demands_one(String pattern, boolean allowed) {
        assertThat(allows(pattern, "nginx:1.27")).isEqualTo(allowed);
    }

    private static boolean allows(String pattern, String image) {
        return ImageReference.parse(image) instanceof io.jenkins.plugins.ec2docker.request.values.ParseResult.Valid<ImageReference> valid
                && ImagePattern.of(pattern).matches(valid.value());
    }
}
