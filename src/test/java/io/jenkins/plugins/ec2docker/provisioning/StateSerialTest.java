package io.jenkins.plugins.ec2docker.provisioning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StateSerialTest {

    @Test
    void a_state_gets_a_serial_above_both_and_stays_what_it_is_otherwise() throws Exception {
        assertThat(text(StateSerial.above(state(3, "\"serial\": 3"), state(7, "x")))).isEqualTo(text(state(8, "\"serial\": 3")));
        assertThat(text(StateSerial.above(state(9, "é"), state(7, "x")))).isEqualTo(text(state(10, "é")));
        assertThat(text(StateSerial.above(state(3, "x"), null))).isEqualTo(text(state(4, "x")));
    }

    @Test
    void what_terraform_would_not_have_written_is_refused() {
        byte[] nested = "{\"outputs\": {\"serial\": 1}, \"version\": 4, \"serial\": 5, \"lineage\": \"a\"}".getBytes(UTF_8);
        assertThatThrownBy(() -> StateSerial.above(nested, null)).hasMessageContaining("is not written as Terraform writes states");
    }

    private static byte[] state(int serial, String value) {
        return "{\n  \"version\": 4,\n  \"serial\": %d,\n  \"lineage\": \"a\",\n  \"outputs\": {\"o\": {\"value\": \"%s\"}}\n}"
                .formatted(serial, value.replace("\"", "\\\"")).getBytes(UTF_8);
    }

    private static String text(byte[] state) {
        return new String(state, UTF_8);
    }
}
