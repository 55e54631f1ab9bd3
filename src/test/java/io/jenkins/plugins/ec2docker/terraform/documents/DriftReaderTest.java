package io.jenkins.plugins.ec2docker.terraform.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ec2docker.terraform.Recorded;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftReaderTest {
    @Test
    void what_aws_fills_in_after_a_creation_is_no_drift() throws Exception {
        assertThat(DriftReader.read(Recorded.stream("show-unchanged.json"))).isEmpty();
    }

    @Test
    void differences_are_named_down_to_the_value() throws Exception {
        assertThat(drifts("aws_instance",
                "{\"tags\":{\"a\":\"2\"},\"tags_all\":{\"a\":\"2\",\"n\":\"x\"},\"disk\":[{\"gib\":9}],\"id\":\"i-1\"}",
                "{\"tags\":{},\"tags_all\":{\"a\":\"1\"},\"disk\":[{\"gib\":8}]}", "{\"id\":true}", "{}"))
                .extracting(DriftedAttribute::toString)
                .containsExactly("t.x disk[0].gib: 8 → 9", "t.x tags_all.a: 1 → 2", "t.x tags_all.n: nothing → x");
    }

    @Test
    void sensitive_values_are_named_but_not_shown() throws Exception {
        assertThat(drifts("aws_instance", "{\"user_data\":\"old-secret\"}", "{\"user_data\":\"new-secret\"}", "{}", "{\"user_data\":true}"))
                .containsExactly(new DriftedAttribute("t.x", "user_data", "****", "****"));
    }

    @Test
    void absent_null_and_empty_are_the_same() throws Exception {
        assertThat(drifts("aws_eip", "{\"a\":null,\"b\":[],\"c\":\"\"}", "{\"a\":\"\",\"c\":null}", "{}", "{}")).isEmpty();
    }

    @Test
    void a_resource_that_is_gone_and_an_instance_that_stands_still_are_drift() throws Exception {
        assertThat(drifts("aws_eip", "null", "{\"a\":1}", "{}", "{}")).containsExactly(new DriftedAttribute("t.x", "", "there", "gone"));
        assertThat(drifts("aws_instance", "{\"instance_state\":\"stopped\"}", "{\"instance_state\":\"stopped\"}", "{}", "{}"))
                .containsExactly(new DriftedAttribute("t.x", "instance_state", "running", "stopped"));
    }

    @Test
    void a_policy_that_somebody_attached_is_drift() throws Exception {
        assertThat(drifts("aws_iam_role", "{\"managed_policy_arns\":[\"arn:admin\"]}", "{\"managed_policy_arns\":[\"arn:admin\"]}", "{}",
                "{}"))
                .containsExactly(new DriftedAttribute("t.x", "managed_policy_arns", "nothing", "arn:admin"));
    }

    @Test
    void what_is_no_plan_is_said_to_be_none() {
        for (String text : List.of("", "[]", "{}", "{\"resource_changes\":[{")) {
            assertThatThrownBy(() -> DriftReader.read(stream(text))).isInstanceOf(IOException.class)
                    .hasMessageContaining("description of the plan");
        }
    }

    private static List<DriftedAttribute> drifts(String type, String before, String after, String unknown, String sensitive)
            throws IOException {
        return DriftReader.read(
                stream("{\"resource_changes\":[{\"address\":\"t.x\",\"mode\":\"managed\",\"type\":\"" + type + "\",\"change\":{\"before\":"
                        + before + ",\"after\":" + after + ",\"after_unknown\":" + unknown + ",\"before_sensitive\":{},\"after_sensitive\":"
                        + sensitive + "}}]}"));
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
