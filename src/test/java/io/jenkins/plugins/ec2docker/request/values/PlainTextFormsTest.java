package io.jenkins.plugins.ec2docker.request.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.request.parse.Requests;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small grammars: durations, shell words, mail addresses, keys, near names, what may be shown. */
class PlainTextFormsTest {

    @ParameterizedTest
    @CsvSource({
        "30m, PT30M, 30m", "8h, PT8H, 8h", "2d, PT48H, 2d", "90s, PT1M30S, 1m30s", "1h30m, PT1H30M, 1h30m", "2.5s, PT2.5S, 2s500ms",
        "1500us, PT0.0015S, 1ms500us", "36500d, PT876000H, 36500d", "0s, PT0S, 0s", "1m1m, PT2M, 2m"
    })
    void a_duration_is_read_and_written(String text, Duration duration, String written) {
        assertThat(DurationFormat.parse(text)).hasValue(duration);
        assertThat(DurationFormat.format(duration)).isEqualTo(written);
        assertThat(DurationFormat.parse(written)).hasValue(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "m", "-5m", "5 m", "5M", "1e3s", ".5s", "5.s", "36501d", "999999999d", "1w", "1m\n"})
    void what_is_no_duration_is_none(String text) {
        assertThat(DurationFormat.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "a b  c|a,b,c", "'a b'|a b", "\"a b\"|a b", "a'b'\"c\"|abc", "a\\ b|a b", "''|^^", "a ''|a,", "\"a\\\"b\"|a\"b", "\"a\\b\"|a\\b",
        "'a\\'|a\\",
        "$HOME `id` $(id);|$HOME,`id`,$(id);", "a&&b #c|a&&b,#c", "\"\\$x\"|$x"
    })
    void words_are_split_as_a_shell_does_and_nothing_else_is_done(String line, String words) {
        assertThat(ShellWords.split(line)).isEqualTo(List.of(words.split(",", -1)));
    }

    @Test
    void words_are_joined_to_a_line_that_is_split_into_the_same() {
        List<String> words = List.of("sh", "-c", "echo \"$HOME\" it's", "", "a b", "--x=1,2", "\\", "line\nbreak");

        assertThat(ShellWords.join(List.of("nginx", "-g", "daemon off;"))).isEqualTo("nginx -g 'daemon off;'");
        assertThat(ShellWords.split(ShellWords.join(words))).isEqualTo(words);
    }

    @Test
    void an_escaped_line_break_joins_lines() {
        assertThat(ShellWords.split("a \\\n  b \"c\\\nd\"\n'e\nf'")).containsExactly("a", "b", "cd", "e\nf");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "a@b.cd", "jane.doe+x@example.com", "o'hara@example.co.uk", "a!#$%&'*+-/=?^_`{|}~b@example.com", "a@1.example",
        "a@xn--e1afmkfd.com", "A@B-C.D1"
    })
    void practical_mail_addresses_are_taken(String address) {
        assertThat(MailAddress.isValid(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "@", "a@", "@b.cd", "a@b", "a@b.", "a@.b", "a@b..c", ".a@b.cd", "a.@b.cd", "a..b@c.de", "a@b@c.de", "a b@c.de",
        "\"a b\"@c.de", "a@[1.2.3.4]",
        "a@1.2.3.4", "a@-b.cd", "a@b-.cd", "a@b_c.de", "a@b.cd\n", "a\r@b.cd", "a,b@c.de", "a(b)@c.de", "a@b.cd.", "ä@b.cd", "a@ä.de"
    })
    void other_mail_addresses_are_not(String address) {
        assertThat(MailAddress.isValid(address)).isFalse();
    }

    @Test
    void mail_addresses_have_the_lengths_of_the_standard() {
        String label = "a".repeat(63) + ".";
        assertThat(MailAddress.isValid("a".repeat(64) + "@b.cd")).isTrue();
        assertThat(MailAddress.isValid("a".repeat(65) + "@b.cd")).isFalse();
        assertThat(MailAddress.isValid("a@" + label + "cd")).isTrue();
        assertThat(MailAddress.isValid("a@a" + label + "cd")).isFalse();
        assertThat(MailAddress.isValid("a@" + label.repeat(3) + "a".repeat(60))).isTrue();
        assertThat(MailAddress.isValid("a@" + label.repeat(3) + "a".repeat(61))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519.pub", "rsa-2048.pub"})
    void keys_that_ec2_imports_are_taken(String resource) {
        String key = Requests.text(resource);
        assertThat(SshPublicKey.problem(key)).isEmpty();
        assertThat(SshPublicKey.problem(key.strip().replaceAll(" [^ ]*$", ""))).as("without a comment").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "instancetype, instanceType", "instance-type, instanceType", "INSTANCE_TYPE, instanceType", "instnaceType, instanceType",
        "regoin, region",
        "regions, region", "tag, tags", "container, containers", "expires, ''", "xyz, ''", "'', ''"
    })
    void the_nearest_name_is_found(String typed, String meant) {
        assertThat(ClosestName.to(typed, List.of("name", "region", "instanceType", "containers", "tags",
                "expiresAfter")).orElse("")).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"ab, ba, 1", "abc, ca, 3", "kitten, sitting, 3", "'', abc, 3", "same, same, 0"})
    void distances_count_swaps_once(String a, String b, int distance) {
        assertThat(ClosestName.distance(a, b)).isEqualTo(distance);
    }

    @Test
    void what_is_shown_cannot_steer_a_terminal() {
        assertThat(DisplayText.escape("a\u001b[31m\r\n\t\0\u202e\u2028\u0085\ud800z"))
                .isEqualTo("a\\u001b[31m\\r\\n\\t\\u0000\\u202e\\u2028\\u0085\\ud800z");
        assertThat(DisplayText.escape("Jörg 🚀 \"'<&")).isEqualTo("Jörg 🚀 \"'<&");
        assertThat(DisplayText.shorten("🚀".repeat(80))).isEqualTo("🚀".repeat(80));
        assertThat(DisplayText.shorten("🚀".repeat(81))).isEqualTo("🚀".repeat(79) + "…");
    }
}
