package io.jenkins.plugins.ec2docker.terraform.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ec2docker.terraform.Recorded;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerraformOutputsTest {
    @Test
    void command_and_state_tell_the_same() throws Exception {
        TerraformOutputs ofCommand = TerraformOutputs.read(Recorded.stream("output.json"));

        assertThat(ofCommand.text("instance_id").orElseThrow()).startsWith("i-");
        TerraformOutputs ofState = TerraformOutputs.ofState(Recorded.stream("state-created.json"));
        assertThat(ofState.text("instance_id")).isEqualTo(ofCommand.text("instance_id"));
        assertThat(ofState.values().keySet()).isEqualTo(ofCommand.values().keySet());
    }

    @Test
    void kinds() throws Exception {
        TerraformOutputs outputs = outputs("""
                {"text":{"value":"a"},"number":{"value":7},"bool":{"value":true},"null":{"value":null},"list":{"value":["a",1]}}""");

        assertThat(outputs.text("text")).contains("a");
        assertThat(outputs.number("number")).contains(7);
        assertThat(outputs.bool("bool")).contains(true);
        assertThat(outputs.value("list").orElseThrow()).hasSize(2);
        assertThat(outputs.text("null")).isEmpty();
        assertThat(outputs.text("missing")).isEmpty();
        assertThatThrownBy(() -> outputs.text("number")).hasMessage("Output \"number\" should be a string but is number.");
        assertThatThrownBy(() -> outputs.number("text")).hasMessage("Output \"text\" should be a number but is string.");
        assertThatThrownBy(() -> outputs.bool("list")).hasMessage("Output \"list\" should be true or false but is array.");
    }

    @Test
    void a_sensitive_value_can_be_asked_for_but_does_not_print_itself() throws Exception {
        TerraformOutputs outputs = outputs("{\"password\":{\"value\":\"s3cret\",\"sensitive\":true}}");

        assertThat(outputs.text("password")).contains("s3cret");
        assertThat(outputs.toString()).doesNotContain("s3cret").contains("****");
    }

    private static TerraformOutputs outputs(String json) throws Exception {
        return TerraformOutputs.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }
}
