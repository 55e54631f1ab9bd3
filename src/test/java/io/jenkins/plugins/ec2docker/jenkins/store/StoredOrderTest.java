package io.jenkins.plugins.ec2docker.jenkins.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import io.jenkins.plugins.ec2docker.jenkins.agent.AgentDirectory;
import io.jenkins.plugins.ec2docker.request.model.OnFailure;
import io.jenkins.plugins.ec2docker.run.model.ProvisioningRun;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Maps are stored in the order they were made in, so that the same run has the same bytes in every JVM. */
class StoredOrderTest {
    private static final List<String> NAMES = IntStream.range(0, 40).mapToObj(number -> "name" + number).toList();

    @Test
    void outputs_keep_their_order() {
        ProvisioningRun run = ProvisioningRun.begin("r1", Purpose.PROVISION, OnFailure.KEEP, true);
        Map<String, JsonNode> outputs = new LinkedHashMap<>();
        NAMES.forEach(name -> outputs.put(name, IntNode.valueOf(1)));

        assertThat(RunSnapshot.builder(run).outputs(outputs).build().outputs().keySet()).containsExactlyElementsOf(NAMES);
    }

    @Test
    void what_was_read_of_each_action_keeps_its_order() {
        Map<String, Long> told = new LinkedHashMap<>();
        NAMES.forEach(name -> told.put(name, 1L));

        ActiveRunRecord record = ActiveRunRecord.builder("shop", 1, "alice").agent(new AgentDirectory("", "/work")).build();

        assertThat(record.withTold(told, 0).told().keySet()).containsExactlyElementsOf(NAMES);
    }
}
