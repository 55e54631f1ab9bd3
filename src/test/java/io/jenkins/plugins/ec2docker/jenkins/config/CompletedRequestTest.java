package io.jenkins.plugins.ec2docker.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.jenkins.OneJenkins;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

@OneJenkins
class CompletedRequestTest {

    @BeforeAll
    static void defaults(JenkinsRule rule) {
        Ec2DockerConfiguration.get().setDefaultRegion("eu-central-1");
        Ec2DockerConfiguration.get().setDefaultTags(List.of("team=platform", "cost=1"));
    }

    @Test
    void a_request_without_region_and_tags_gets_the_defaults() {
        assertThat(SystemSettings.get().completed(Map.of("name", "web")))
                .isEqualTo(Map.of("name", "web", "region", "eu-central-1", "tags", Map.of("team", "platform", "cost", "1")));
    }

    @Test
    void what_the_request_says_wins_whatever_the_case_of_a_tag() {
        assertThat(SystemSettings.get().completed(Map.of("region", "eu-west-1", "tags", Map.of("Team", "web"))))
                .isEqualTo(Map.of("region", "eu-west-1", "tags", Map.of("Team", "web", "cost", "1")));
    }

    @Test
    void what_is_no_map_is_left_to_the_parser() {
        assertThat(SystemSettings.get().completed(Map.of("tags", "team=web"))).containsEntry("tags", "team=web");
    }
}
