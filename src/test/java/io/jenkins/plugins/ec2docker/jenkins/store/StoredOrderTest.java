package io.jenkins.plugins.ec2docker.jenkins.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.time.Instant;
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
        Map<String, JsonNode> outputs = new LinkedHashMap<>();
        NAMES.forEach(name -> outputs.put(name, IntNode.valueOf(1)));

        assertThat(new RunSnapshot("r1", "shop", 1, "alice", null, "web", null, "eu-central-1", "", null, null, List.of(), null, null,
                outputs, null,
                null, Instant.EPOCH, null).outputs().keySet()).containsExactlyElementsOf(NAMES);
    }

    @Test
    void what_was_read_of_each_action_keeps_its_order() {
        Map<String, Long> told = new LinkedHashMap<>();
        NAMES.forEach(name -> told.put(name, 1L));

        assertThat(
                new ActiveRunRecord("shop", 1, "alice", "", "/work", null, "eu-central-1", null, null, told, Instant.EPOCH).told().keySet())
                .containsExactlyElementsOf(NAMES);
    }
}
