package io.jenkins.plugins.ec2docker.terraform.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ec2docker.terraform.Recorded;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PlanReaderTest {
    @Test
    void a_recorded_creation() throws Exception {
        Plan plan = PlanReader.read(Recorded.stream("show-create.json"));

        assertThat(plan.terraformVersion()).isEqualTo("1.11.4");
        assertThat(plan.applyable()).isTrue();
        assertThat(plan.summary().line()).isEqualTo("11 to create");
        PlannedResource instance = resource(plan, "aws_instance.this");
        assertThat(instance.type()).isEqualTo("aws_instance");
        assertThat(instance.action()).isEqualTo(ChangeAction.CREATE);
        assertThat(instance.after().at("/instance_type").asText()).isEqualTo("t3.small");
        assertThat(instance.after().at("/metadata_options/0/http_tokens").asText()).isEqualTo("required");
        assertThat(plan.resources()).extracting(PlannedResource::address).as("data sources change nothing")
                .noneMatch(a -> a.startsWith("data."));
    }

    @Test
    void a_recorded_plan_of_nothing() throws Exception {
        Plan plan = PlanReader.read(Recorded.stream("show-unchanged.json"));

        assertThat(plan.applyable()).isFalse();
        assertThat(plan.summary().isEmpty()).isTrue();
        assertThat(plan.summary().unchanged()).isEqualTo(11);
        assertThat(plan.summary().line()).isEqualTo("nothing to change");
    }

    @Test
    void a_recorded_replacement() throws Exception {
        PlanSummary summary = PlanReader.read(Recorded.stream("show-replace.json")).summary();

        assertThat(summary.line()).isEqualTo("2 to replace");
        assertThat(summary.add() + summary.change() + summary.destroy()).isZero();
        assertThat(summary.resources()).contains(new PlanSummary.ResourceChange(
                "aws_instance.this", "aws_instance", ChangeAction.REPLACE, "replace_because_cannot_update"));
    }

    @Test
    void a_recorded_destruction() throws Exception {
        Plan plan = PlanReader.read(Recorded.stream("show-destroy.json"));

        assertThat(plan.summary().line()).isEqualTo("11 to destroy");
        assertThat(plan.resources()).allSatisfy(resource -> assertThat(resource.after()).isNull());
    }

    @Test
    void a_resource_without_address_or_type_is_no_plan_that_can_be_reviewed() {
        for (String resource : new String[] {"\"address\":\"aws_instance.this\"", "\"type\":\"aws_instance\""}) {
            String json = "{\"format_version\":\"1.2\",\"resource_changes\":[{\"mode\":\"managed\"," + resource + "}]}";

            assertThatThrownBy(() -> PlanReader.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))))
                    .isInstanceOf(IOException.class).hasMessageContaining("without address or type");
        }
    }

    @Test
    void replacement_is_a_pair_in_either_order() throws Exception {
        assertThat(plan("\"delete\",\"create\"", "{}", "false").resources().get(0).action()).isEqualTo(ChangeAction.REPLACE);
        assertThat(plan("\"create\",\"delete\"", "{}", "false").resources().get(0).action()).isEqualTo(ChangeAction.REPLACE);
        assertThat(plan("\"no-op\"", "{}", "false").resources().get(0).action()).isEqualTo(ChangeAction.NO_OP);
        assertThat(plan("\"update\"", "{}", "false").resources().get(0).action()).isEqualTo(ChangeAction.UPDATE);
        assertThat(plan("\"forget\"", "null", "false").summary().line()).isEqualTo("1 to forget");
        assertThat(plan("\"invent\"", "{}", "false").resources().get(0).action()).isEqualTo(ChangeAction.OTHER);
    }

    @Test
    void sensitive_values_are_masked_wherever_they_are() throws Exception {
        String after =
                "{\"plain\":1,\"secret\":\"s\",\"list\":[{\"a\":\"s\",\"b\":2},{\"a\":\"s\"}],\"whole\":{\"x\":\"s\"},\"none\":null}";
        String sensitive = "{\"secret\":true,\"list\":[{\"a\":true},{\"a\":true}],\"whole\":true,\"none\":true}";

        assertThat(plan("\"create\"", after, sensitive).resources().get(0).after().toString()).isEqualTo(
                "{\"plain\":1,\"secret\":\"****\",\"list\":[{\"a\":\"****\",\"b\":2},{\"a\":\"****\"}],\"whole\":\"****\",\"none\":null}");
        assertThat(plan("\"create\"", after, "true").resources().get(0).after().toString()).isEqualTo("\"****\"");
    }

    @Test
    void a_document_that_is_none_is_told_in_a_sentence() {
        byte[] recorded = Recorded.bytes("show-create.json");
        for (byte[] bytes : new byte[][] {
            {}, "null".getBytes(StandardCharsets.UTF_8), "Error: no".getBytes(StandardCharsets.UTF_8),
            Arrays.copyOf(recorded, recorded.length / 2)
        }) {
            assertThatThrownBy(() -> PlanReader.read(new ByteArrayInputStream(bytes)))
                    .isInstanceOf(IOException.class).hasMessageStartingWith("Terraform's description of the plan is ");
        }
        assertThatThrownBy(() -> PlanReader.read(new ByteArrayInputStream("{\"format_version\":\"2.0\"}".getBytes(StandardCharsets.UTF_8))))
                .hasMessage("Terraform's description of the plan has format version 2.0; version 1 can be read.");
    }

    private static Plan plan(String actions, String after, String sensitive) throws IOException {
        return PlanReader.read(new ByteArrayInputStream(("""
                {"format_version":"1.2","terraform_version":"1.11.4","resource_changes":[{"address":"a.b","mode":"managed","type":"a","name":"b",
                "change":{"actions":[%s],"before":{"secret":"s"},"after":%s,"after_unknown":{},"before_sensitive":{},"after_sensitive":%s}}]}
                """.formatted(actions, after, sensitive)).getBytes(StandardCharsets.UTF_8)));
    }

    private static PlannedResource resource(Plan plan, String address) {
        return plan.resources().stream().filter(resource -> resource.address().equals(address)).findFirst().orElseThrow();
    }
}
