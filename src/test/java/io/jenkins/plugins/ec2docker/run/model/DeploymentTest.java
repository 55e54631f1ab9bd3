package io.jenkins.plugins.ec2docker.run.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.ec2docker.blueprint.spec.Generation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeploymentTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final RunSummary RUN = RunSummary.begin("r-1", Purpose.ROLLBACK, "alice", NOON).backTo("r-0").given("digest").ofBuild(7)
            .end(new RunResult(RunResult.Status.FAILED, "AWS said no.", true), true, NOON.plusSeconds(1));
    private static final Deployment DEPLOYMENT = Deployment.begin("web", "web-1", "instance", "eu-central-1", "alice", NOON).toBuilder()
            .account("123456789012").status(Deployment.Status.INCOMPLETE).updated(NOON.plusSeconds(2)).expires(NOON.plusSeconds(3))
            .boot(new Generation("new", "r-1")).beside(new Generation("old", "r-0")).appliedRun("r-1").redeploying("r-2").good(true)
            .outputs(Map.of("url", new TextNode("http://203.0.113.7/"))).runs(List.of(RUN)).build();

    @Test
    void a_copy_keeps_all_that_is_not_changed() {
        assertThat(DEPLOYMENT).hasNoNullFieldsOrProperties();
        assertThat(DEPLOYMENT.toBuilder().build()).isEqualTo(DEPLOYMENT);
        assertThat(DEPLOYMENT.inAccount("210987654321").inAccount("123456789012")).isEqualTo(DEPLOYMENT);
    }

    @Test
    void a_copy_of_a_run_keeps_all_that_is_not_changed() {
        assertThat(RUN).hasNoNullFieldsOrProperties();
        assertThat(RUN.backTo("r-9").backTo("r-0")).isEqualTo(RUN);
        assertThat(RUN.settled().unsettled()).isFalse();
        assertThat(RUN.settled().given("digest")).isEqualTo(RUN);
    }
}
