package io.jenkins.plugins.ec2docker.terraform.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.terraform.Recorded;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateReaderTest {
    @Test
    void a_recorded_deployment() throws Exception {
        StateContent state = state("state-created.json");

        assertThat(state.lineage()).hasSize(36);
        assertThat(state.serial()).isPositive();
        assertThat(state.terraformVersion()).isEqualTo("1.11.4");
        assertThat(state.instances()).hasSize(11).noneMatch(StateContent.Instance::tainted);
        assertThat(state.instances()).filteredOn(instance -> instance.address().equals("aws_instance.this")).singleElement()
                .satisfies(instance -> assertThat(instance.id()).startsWith("i-"));
        assertThat(state.instances()).extracting(StateContent.Instance::address)
                .contains("aws_eip.this[0]", "aws_vpc_security_group_ingress_rule.this[\"tcp/80 from 0.0.0.0/0\"]")
                .noneMatch(address -> address.startsWith("data."));
    }

    @Test
    void a_recorded_half_deployment_and_an_empty_one() throws Exception {
        assertThat(state("state-half.json").instances()).hasSize(9).noneMatch(instance -> instance.type().equals("aws_instance"));
        assertThat(state("state-empty.json").isEmpty()).isTrue();
        assertThat(state("state-empty.json").serial()).isGreaterThan(state("state-created.json").serial());
    }

    @Test
    void tainted_deposed_and_modules() throws Exception {
        StateReader.Reading reading = read("""
                {"version":4,"terraform_version":"1.11.4","serial":7,"lineage":"l","outputs":{},"resources":[
                {"module":"module.a[\\"x\\"]","mode":"managed","type":"aws_instance","name":"this","provider":"p","instances":[
                  {"index_key":0,"status":"tainted","attributes":{"nested":{"id":"no"},"id":"i-1"}},
                  {"index_key":0,"deposed":"abcd1234","attributes":{"id":"i-2"}},
                  {"attributes":null}]}],"check_results":null}""");

        assertThat(((StateReader.Reading.State) reading).version().instances()).containsExactly(
                new StateContent.Instance("module.a[\"x\"].aws_instance.this[0]", "aws_instance", "i-1", true, false),
                new StateContent.Instance("module.a[\"x\"].aws_instance.this[0]", "aws_instance", "i-2", false, true),
                new StateContent.Instance("module.a[\"x\"].aws_instance.this", "aws_instance", null, false, false));
    }

    @Test
    void nothing_is_not_the_same_as_damaged(@TempDir Path directory) throws Exception {
        assertThat(StateReader.read(directory.resolve("terraform.tfstate"))).isEqualTo(new StateReader.Reading.Nothing());
        assertThat(StateReader.read(Files.createFile(directory.resolve("empty")))).isEqualTo(new StateReader.Reading.Nothing());
    }

    @Test
    void a_state_cut_off_anywhere_is_never_taken_for_one() throws Exception {
        byte[] whole = Recorded.bytes("state-created.json");
        int end = new String(whole, StandardCharsets.UTF_8).lastIndexOf('}');
        for (int length = 1; length < end; length += 97) {
            assertThat(StateReader.read(new ByteArrayInputStream(Arrays.copyOf(whole, length))))
                    .as("cut after %d bytes", length).isInstanceOf(StateReader.Reading.Unusable.class);
        }
    }

    @Test
    void what_is_no_state_is_told_in_a_sentence() throws Exception {
        assertThat(reason("[]")).isEqualTo("The state file is no Terraform state: it does not hold a JSON object.");
        assertThat(reason("{}")).isEqualTo("The state file is no Terraform state: it has no format version.");
        assertThat(reason("{\"version\":3}"))
                .isEqualTo("The state file has format version 3; version 4 (since Terraform 0.12) can be read.");
        assertThat(reason("{\"version\":4,\"serial\":1}")).isEqualTo("The state file is damaged: its lineage or serial is missing.");
        assertThat(reason("{\"version\":4,\"serial\":1,\"lineage\":\"l\"} {}"))
                .isEqualTo("The state file is damaged: something follows after its end.");
        assertThat(reason("\0\0\0\0\0\0\0\0")).startsWith("The state file is damaged or cut off (");
        assertThat(reason("{\"version\":4,\n\"serial\":").lines()).singleElement().asString().contains("line 2");
    }

    private static StateContent state(String name) throws Exception {
        return ((StateReader.Reading.State) StateReader.read(Recorded.stream(name))).version();
    }

    private static StateReader.Reading read(String text) throws Exception {
        return StateReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String reason(String text) throws Exception {
        return ((StateReader.Reading.Unusable) read(text)).reason();
    }
}
