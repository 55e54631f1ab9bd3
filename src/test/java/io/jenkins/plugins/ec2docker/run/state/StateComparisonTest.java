package io.jenkins.plugins.ec2docker.run.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StateComparisonTest {

    @Test
    void the_higher_serial_of_one_lineage_is_the_newer() throws Exception {
        assertThat(StateComparison.of(state("a", 3, true), state("a", 3, true))).isEqualTo(StateComparison.SAME);
        assertThat(StateComparison.of(state("a", 3, true), state("a", 4, false))).isEqualTo(StateComparison.S3_IS_NEWER);
        assertThat(StateComparison.of(state("a", 4, false), state("a", 3, true))).isEqualTo(StateComparison.STORE_IS_NEWER);
    }

    @Test
    void with_the_same_serial_terraform_s_own_place_counts() throws Exception {
        assertThat(StateComparison.of(state("a", 3, true), state("a", 3, false))).isEqualTo(StateComparison.S3_IS_NEWER);
    }

    @Test
    void what_is_missing_in_s3_is_brought_back_if_it_knew_anything() throws Exception {
        assertThat(StateComparison.of(state("a", 3, true), null)).isEqualTo(StateComparison.STORE_IS_NEWER);
        assertThat(StateComparison.of(state("a", 3, true), new byte[0])).isEqualTo(StateComparison.STORE_IS_NEWER);
        assertThat(StateComparison.of(state("a", 3, false), null)).isEqualTo(StateComparison.SAME);
        assertThat(StateComparison.of(null, null)).isEqualTo(StateComparison.SAME);
    }

    @Test
    void what_knows_nothing_stands_in_nobody_s_way() throws Exception {
        assertThat(StateComparison.of(null, state("b", 1, true))).isEqualTo(StateComparison.S3_IS_NEWER);
        assertThat(StateComparison.of(state("a", 9, false), state("b", 1, true))).isEqualTo(StateComparison.S3_IS_NEWER);
        assertThat(StateComparison.of(state("a", 1, true), state("b", 9, false))).isEqualTo(StateComparison.STORE_IS_NEWER);
    }

    @Test
    void two_lineages_that_both_know_resources_are_never_written_over_each_other() throws Exception {
        assertThat(StateComparison.of(state("a", 1, true), state("b", 9, true))).isEqualTo(StateComparison.APART);
    }

    @Test
    void what_cannot_be_read_decides_nothing() {
        assertThatThrownBy(() -> StateComparison.of(state("a", 1, true), "{".getBytes(UTF_8)))
                .hasMessageStartingWith("The state in S3 cannot be used: ");
        assertThatThrownBy(() -> StateComparison.of("{".getBytes(UTF_8), null))
                .hasMessageStartingWith("The state in the store cannot be used: ");
    }

    @Test
    void a_state_that_is_brought_back_gets_a_serial_above_both_and_stays_what_it_is_otherwise() throws Exception {
        assertThat(text(StateComparison.raisedAbove(written(3, "\"serial\": 3"), written(7, "x"))))
                .isEqualTo(text(written(8, "\"serial\": 3")));
        assertThat(text(StateComparison.raisedAbove(written(9, "é"), written(7, "x")))).isEqualTo(text(written(10, "é")));
        assertThat(text(StateComparison.raisedAbove(written(3, "x"), null))).isEqualTo(text(written(4, "x")));
    }

    @Test
    void a_state_that_terraform_would_not_have_written_so_is_not_raised() {
        byte[] nested = "{\"outputs\": {\"serial\": 1}, \"version\": 4, \"serial\": 5, \"lineage\": \"a\"}".getBytes(UTF_8);
        assertThatThrownBy(() -> StateComparison.raisedAbove(nested, null))
                .hasMessageContaining("is not written as Terraform writes states");
    }

    private static byte[] written(int serial, String value) {
        return "{\n  \"version\": 4,\n  \"serial\": %s,\n  \"lineage\": \"a\",\n  \"outputs\": {\"o\": {\"value\": \"%s\"}}\n}"
                .formatted(serial, value.replace("\"", "\\\"")).getBytes(UTF_8);
    }

    private static String text(byte[] state) {
        return new String(state, UTF_8);
    }

    private static byte[] state(String lineage, int serial, boolean knows) {
        String resources = knows
                ? "{\"mode\": \"managed\", \"type\": \"aws_instance\", \"name\": \"this\", \"instances\": [{\"attributes\": {\"id\": \"i-1\"}}]}"
                : "";
        return "{\"version\": 4, \"serial\": %s, \"lineage\": \"%s\", \"resources\": [%s]}".formatted(serial, lineage, resources)
                .getBytes(UTF_8);
    }
}
