package io.jenkins.plugins.ec2docker.jenkins.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyValueLinesTest {

    @Test
    void a_key_and_a_value_come_back_whatever_signs_they_hold() {
        String line = KeyValueLines.line("cost=centre", "a=b\\=c");

        assertThat(line).isEqualTo("cost\\=centre=a=b\\=c");
        assertThat(KeyValueLines.map(List.of(line))).isEqualTo(Map.of("cost=centre", "a=b\\=c"));
        assertThat(KeyValueLines.written(List.of(line))).isEqualTo(Map.of("cost=centre", "a=b\\=c"));
    }

    @Test
    void a_line_without_a_sign_is_a_key() {
        assertThat(KeyValueLines.map(List.of("urgent", " team = shop "))).isEqualTo(Map.of("urgent", "", "team", "shop"));
        assertThat(KeyValueLines.written(List.of("urgent"))).isEqualTo(List.of("urgent"));
    }

    @Test
    void a_repeated_key_is_left_for_the_parser_to_refuse() {
        assertThat(KeyValueLines.written(List.of("a=1", "a=2"))).isEqualTo(List.of("a=1", "a=2"));
    }
}
