package io.jenkins.plugins.ec2docker.blueprint.instance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ec2docker.blueprint.RenderedWorkspace;
import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.terraform.command.WorkspaceFiles;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BlueGreenVariablesTest {

    private static final String REQUEST = """
            name: web
            region: eu-central-1
            instanceType: t3.small
            containers: [{image: "nginx:1.27", ports: ["80:80"]}]
            tags: {release: first}
            """;

    @Test
    void the_one_that_serves_is_left_as_it_was_and_each_way_on_is_without_one_of_them() throws Exception {
        WorkspaceFiles present = files(REQUEST, "old");
        WorkspaceFiles next = files(REQUEST.replace("1.27", "1.28").replace("t3.small", "t3.large").replace("first", "second"), "new");

        WorkspaceFiles both = BlueGreenVariables.workspace(next, present, "old");

        JsonNode before = variables(present, WorkspaceFiles.VARIABLES);
        JsonNode meanwhile = variables(both, WorkspaceFiles.VARIABLES);
        assertThat(meanwhile.path("serving").asText()).isEqualTo("old");
        assertThat(meanwhile.path("tags")).isEqualTo(before.path("tags"));
        assertThat(meanwhile.path("generations").path("old").path("instance_type").asText()).isEqualTo("t3.small");
        assertThat(meanwhile.path("generations").path("new"))
                .isEqualTo(variables(next, WorkspaceFiles.VARIABLES).path("generations").path("new"));
        String userData = meanwhile.path("generations").path("old").path("user_data_file").asText();
        assertThat(both.contents().get(userData)).isEqualTo(present.contents().get(WorkspaceFiles.USER_DATA));
        assertThat(both.contents().get(WorkspaceFiles.USER_DATA)).isEqualTo(next.contents().get(WorkspaceFiles.USER_DATA));
        assertThat(variables(both, WorkspaceFiles.CUTOVER)).isEqualTo(variables(next, WorkspaceFiles.VARIABLES));
        JsonNode retreat = variables(both, WorkspaceFiles.RETREAT);
        assertThat(retreat.path("generations").properties()).hasSize(1);
        assertThat(retreat.path("generations").path("old")).isEqualTo(meanwhile.path("generations").path("old"));
        assertThat(retreat.path("serving")).isEqualTo(meanwhile.path("serving"));
    }

    @Test
    void a_configuration_without_the_one_that_serves_is_refused() throws Exception {
        WorkspaceFiles files = files(REQUEST, "old");

        assertThatThrownBy(() -> BlueGreenVariables.workspace(files, files, "other")).isInstanceOf(IOException.class)
                .hasMessageContaining("no instance other");
    }

    private static WorkspaceFiles files(String yaml, String generation) throws Exception {
        ProvisionRequest request = RequestParser.parse(DocumentReader.read(yaml, DocumentReader.Format.YAML)).orElseThrow();
        return RenderedWorkspace.ofNew(request, "username\nada\n".getBytes(UTF_8), "web-0a1b2c3d", generation).files();
    }

    private static JsonNode variables(WorkspaceFiles files, String name) throws IOException {
        return new ObjectMapper().readTree(files.contents().get(name));
    }
}
