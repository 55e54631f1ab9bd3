package io.jenkins.plugins.ec2docker.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "t3.*, t3.small, true",
        "t3.*, t3a.small, false",
        "t?.small, t3.small, true",
        "*, anything, true",
        "*, a/b, false",
        "**, a/b, true",
        "a/*/c, a/b/c, true",
        "a/*/c, a/b/b/c, false",
        "a/**/c, a/b/b/c, true",
        "a/**, a, false",
        "a?b, a/b, false",
        "a.b, axb, false",
        "A, a, false",
        "[a], a, false",
        "***, a/b, true",
        "a*a, a, false",
        "*.example.com, x.example.com, true",
        "'', '', true",
        "'', a, false"
    })
    void matches_the_whole_value(String pattern, String value, boolean matches) {
        assertThat(new Glob(pattern).matches(value)).isEqualTo(matches);
    }

    @Test
    void a_hostile_pattern_takes_no_long_time() {
        Glob pattern = new Glob("*a**".repeat(100) + "b");

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertThat(pattern.matches("a".repeat(5_000))).isFalse());
    }
}
