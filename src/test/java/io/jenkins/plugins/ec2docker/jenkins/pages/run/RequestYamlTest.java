package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestYamlTest {

    @Test
    void environment_values_are_masked_in_every_form() {
        assertThat(text(Map.of("environment", Map.of("KEY", "sentinel")))).contains("KEY: '****'").doesNotContain("sentinel");
        assertThat(text(Map.of("environment", List.of("KEY=sentinel=x", "BARE")))).contains("KEY=****").doesNotContain("sentinel");
        assertThat(text(Map.of("environment", "KEY=sentinel"))).doesNotContain("sentinel");
    }

    @Test
    void users_and_external_id_are_masked() {
        String text = RequestYaml.of(
                Map.of("usersText", "sentinel", "users", "data/users.csv", "role", Map.of("externalId", "sentinel", "arn", "arn:aws:x")));
        assertThat(text).doesNotContain("sentinel").contains("data/users.csv", "arn:aws:x");
    }

    @Test
    void the_rest_is_as_it_was_asked_for() {
        assertThat(text(Map.of("image", "nginx:1.27", "ports", List.of("80:80")))).contains("image: nginx:1.27", "- 80:80");
        assertThat(RequestYaml.of(Map.of("spot", true, "disk", Map.of("sizeGiB", 20)))).contains("spot: true", "sizeGiB: 20");
    }

    private static String text(Map<String, ?> container) {
        return RequestYaml.of(Map.of("containers", List.of(container)));
    }
}
