package io.jenkins.plugins.ec2docker.request.values;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
    private static final String SHA256 = "sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "nginx, -, nginx, -, docker.io/library/nginx:latest",
        "nginx:1.27, -, nginx, 1.27, docker.io/library/nginx:1.27",
        "acme/app, -, acme/app, -, docker.io/acme/app:latest",
        "docker.io/nginx, docker.io, nginx, -, docker.io/library/nginx:latest",
        "index.docker.io/library/nginx:1, index.docker.io, library/nginx, 1, docker.io/library/nginx:1",
        "ghcr.io/acme/team/app:v1.2-rc_3, ghcr.io, acme/team/app, v1.2-rc_3, ghcr.io/acme/team/app:v1.2-rc_3",
        "localhost/app, localhost, app, -, localhost/app:latest",
        "localhost:5000/app:1, localhost:5000, app, 1, localhost:5000/app:1",
        "registry:5000/app, registry:5000, app, -, registry:5000/app:latest",
        "Registry/app, Registry, app, -, Registry/app:latest",
        "EXAMPLE.com:80/a, EXAMPLE.com:80, a, -, EXAMPLE.com:80/a:latest",
        "192.168.0.1:5000/a, 192.168.0.1:5000, a, -, 192.168.0.1:5000/a:latest",
        "'[2001:db8::1]:5000/a', '[2001:db8::1]:5000', a, -, '[2001:db8::1]:5000/a:latest'",
        "'[::1]/a', '[::1]', a, -, '[::1]/a:latest'",
        "a.b_c__d-e---f/g, a.b_c__d-e---f, -, -, -",
        "xn--e1afmkfd.com/a, xn--e1afmkfd.com, a, -, xn--e1afmkfd.com/a:latest",
        "0/1:2, -, 0/1, 2, docker.io/0/1:2",
        "a:_, -, a, _, docker.io/library/a:_"
    })
    void is_taken_apart_as_docker_does(String text, String domain, String path, String tag, String canonical) {
        ParseResult<ImageReference> parsed = ImageReference.parse(text);

        if (path == null) {
            // An underscore is no part of a host name, and the dots make it one.
            assertThat(parsed.isValid()).isFalse();
            return;
        }
        assertThat(parsed).isEqualTo(new ParseResult.Valid<>(new ImageReference(text, domain, path, tag, null)));
        assertThat(((ParseResult.Valid<ImageReference>) parsed).value().canonical()).isEqualTo(canonical);
    }

    @Test
    void a_digest_may_stand_with_or_without_a_tag() throws Exception {
        assertThat(ImageReference.parse("nginx@" + SHA256).orElseThrow())
                .isEqualTo(new ImageReference("nginx@" + SHA256, null, "nginx", null, SHA256));
        ImageReference both = ImageReference.parse("ghcr.io/a/b:1@" + SHA256).orElseThrow();
        assertThat(both).isEqualTo(new ImageReference("ghcr.io/a/b:1@" + SHA256, "ghcr.io", "a/b", "1", SHA256));
        assertThat(both.canonical()).isEqualTo("ghcr.io/a/b:1@" + SHA256);
        assertThat(ImageReference.parse("nginx@" + SHA256).orElseThrow().canonical()).isEqualTo("docker.io/library/nginx@" + SHA256);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "a_b", "a__b", "a-b", "a---b", "a.b/c_d/e__f", "a1", "0"})
    void separators_join_parts(String path) {
        assertThat(ImageReference.parse("x.y/" + path).isValid()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "/", "a/", "/a", "a//b", ".a", "a.", "a..b", "a___b", "a_.b", "a.-b", "_a", "a_", "-a", "a-", "a b", "a\n", "ä", "a/Ab",
        "A", "a:",
        "a:.b", "a:-b", "a:b c", "a:b:c", "a@", "a@b", "a@sha256:", "a@sha256:zz", "a:@", "http://a/b", "a?b", "[::1]", "[::1/a",
        "[::g]/a", "[fe80::1%eth0]/a",
        "-a.b/c", "a-.b/c", "a..b/c", "a.b:/c", "a.b:x/c", "a.b:5000", "a.b/c:5000/d", "localhost:", "a.b/", "user@host.com/a"
    })
    void what_docker_refuses_is_refused(String text) {
        // "a.b:5000" is a repository with a tag, as Docker has it; everything else is nothing.
        assertThat(ImageReference.parse(text).isValid()).as(text).isEqualTo(text.equals("a.b:5000"));
    }

    @Test
    void lengths_are_those_of_docker() {
        assertThat(ImageReference.parse("x.y/" + "a".repeat(255)).isValid()).isTrue();
        assertThat(ImageReference.parse("x.y/" + "a".repeat(256)).isValid()).isFalse();
        // Docker measures after it has put "library/" before it.
        assertThat(ImageReference.parse("a".repeat(247)).isValid()).isTrue();
        assertThat(ImageReference.parse("a".repeat(248)).isValid()).isFalse();
        assertThat(ImageReference.parse("a:" + "b".repeat(128)).isValid()).isTrue();
        assertThat(ImageReference.parse("a:" + "b".repeat(129)).isValid()).isFalse();
    }

    @Test
    void digests_are_those_that_docker_knows() {
        assertThat(ImageReference.parse("a@sha512:" + "0".repeat(128)).isValid()).isTrue();
        assertThat(ImageReference.parse("a@sha384:" + "0".repeat(96)).isValid()).isTrue();
        assertThat(ImageReference.parse("a@sha256:" + "A".repeat(64)).isValid()).isFalse();
        assertThat(ImageReference.parse("a@sha256:" + "0".repeat(65)).isValid()).isFalse();
        assertThat(ImageReference.parse("a@sha1:" + "0".repeat(40)).isValid()).isFalse();
        assertThat(ImageReference.parse("a@sha256+b64:" + "0".repeat(64)).isValid()).isFalse();
    }

    @Test
    void a_bare_id_is_refused_but_not_one_digit_more() {
        assertThat(ImageReference.parse("a".repeat(64)).isValid()).isFalse();
        assertThat(ImageReference.parse("a".repeat(65)).isValid()).isTrue();
    }

    @Test
    void a_long_name_is_refused_in_no_time() {
        assertThat(ImageReference.parse("a-".repeat(100_000) + "!").isValid()).isFalse();
        assertThat(ImageReference.parse("a.".repeat(100_000) + "/b").isValid()).isFalse();
    }
}
