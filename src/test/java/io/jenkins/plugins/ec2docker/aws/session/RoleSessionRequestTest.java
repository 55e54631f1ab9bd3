package io.jenkins.plugins.ec2docker.aws.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleSessionRequestTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/provisioner";

    @Test
    void without_a_duration_it_is_the_hour_that_aws_gives() {
        assertThat(lasting(null).durationSeconds()).isEqualTo(3600);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 899, 43201, -1})
    void a_duration_that_aws_never_grants_is_refused_before_it_is_asked(int seconds) {
        assertThatThrownBy(() -> lasting(seconds))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A role session of " + seconds
                        + " seconds is not possible; AWS grants between 900 (15 minutes) and 43200 (12 hours).");
    }

    @ParameterizedTest
    @ValueSource(ints = {900, 43200})
    void the_limits_themselves_are_allowed(int seconds) {
        assertThat(lasting(seconds).durationSeconds()).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "arn:aws:iam:123456789012:role/x", "arn:aws:iam::12345:role/x", "arn:aws:iam::123456789012:user/x", "role/x", "",
        "arn:aws:iam::123456789012:role/"
    })
    void what_is_no_role_arn_is_refused_because_aws_would_only_say_not_authorized(String arn) {
        assertThatThrownBy(() -> new RoleSessionRequest(arn, null, "name", Map.of(), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + arn + "\" is not the ARN of an IAM role");
    }

    @ParameterizedTest
    @ValueSource(strings = {"arn:aws-cn:iam::123456789012:role/x", "arn:aws-us-gov:iam::123456789012:role/team/x+=,.@-"})
    void roles_with_paths_and_of_other_partitions_are_roles(String arn) {
        assertThat(new RoleSessionRequest(arn, null, "name", Map.of(), null).roleArn()).isEqualTo(arn);
    }

    @Test
    void tag_values_are_made_to_fit_because_they_come_from_names() {
        assertThat(tagged(Map.of("job", "shop » \"blue\"", "long", "ä".repeat(300))).tags())
                .containsEntry("job", "shop _ _blue_")
                .containsEntry("long", "ä".repeat(256));
        assertThat(new RoleSessionRequest(ROLE, null, "name", null, null).tags()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            aws:job | may not begin with aws:, which AWS keeps for itself
            Aws:job | may not begin with aws:, which AWS keeps for itself
            a#b     | may only hold letters, digits, spaces and _.:/=+-@
            ''      | must have 1 to 128 characters
            """)
    void tag_keys_are_ours_and_have_to_be_right(String key, String rule) {
        assertThatThrownBy(() -> tagged(Map.of(key, "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The key of session tag \"" + key + "\" " + rule + ".");
    }

    @Test
    void keys_that_differ_in_case_alone_are_the_same_to_aws() {
        assertThatThrownBy(() -> tagged(Map.of("Job", "x", "job", "y"))).hasMessageContaining("upper and lower case");
    }

    @Test
    void fifty_tags_are_the_most() {
        assertThat(tagged(many(50)).tags()).hasSize(50);
        assertThatThrownBy(() -> tagged(many(51))).hasMessage("A role session takes at most 50 tags; there are 51.");
    }

    private static Map<String, String> many(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "tag" + i, i -> "x"));
    }

    private static RoleSessionRequest lasting(Integer seconds) {
        return new RoleSessionRequest(ROLE, null, "name", Map.of(), seconds);
    }

    private static RoleSessionRequest tagged(Map<String, String> tags) {
        return new RoleSessionRequest(ROLE, null, "name", tags, null);
    }
}
