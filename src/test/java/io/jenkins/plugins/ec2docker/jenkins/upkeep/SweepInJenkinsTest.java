package io.jenkins.plugins.ec2docker.jenkins.upkeep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import io.jenkins.plugins.ec2docker.jenkins.OneJenkins;
import io.jenkins.plugins.ec2docker.jenkins.SharedJenkins;
import io.jenkins.plugins.ec2docker.jenkins.agent.AgentDirectory;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.jenkins.runs.ActiveRuns;
import io.jenkins.plugins.ec2docker.jenkins.runs.DeploymentReservations;
import io.jenkins.plugins.ec2docker.jenkins.runs.Runs;
import io.jenkins.plugins.ec2docker.jenkins.runs.StoredDeployment;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.jenkins.store.LastRunContext;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.store.StateVersions;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.upkeep.sweep.Sweep;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestExtension;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** What runs of this Jenkins have left in AWS is found with the credentials of its deployments. */
@OneJenkins
class SweepInJenkinsTest {

    /** A time when all that the test makes is old. */
    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofDays(3));

    private final Moto aws = Moto.shared();
    private static JenkinsRule jenkins;

    @TestExtension
    public static final class OnMoto implements SystemSettings {
        @Override
        public Map<String, String> environment() {
            return Map.of("AWS_ENDPOINT_URL", Moto.shared().endpoint().toString());
        }
    }

    @BeforeAll
    static void one_jenkins_for_all(JenkinsRule rule) {
        jenkins = rule;
    }

    @AfterEach
    void empty_for_the_next() throws Exception {
        SharedJenkins.empty();
    }

    @BeforeEach
    void start() throws Exception {
        aws.reset();
        Runs.addCredentials();
        jenkins.createFreeStyleProject("shop");
        Instant made = Instant.now().minus(Duration.ofDays(2));
        // Today's rules reject its request.
        StoredDeployment.save("shop", "web", Deployment.Status.EMPTY, ", \"disk\": {\"sizeGiB\": 1}, \"warpFactor\": 9", made, null);
        keyPair("left", "web", "web-0000000a");
        keyPair("others", "web", "web-0000000f");
    }

    @Test
    void what_is_left_over_is_shown_first_and_removed_when_told_to_and_what_others_made_is_not_seen() throws Exception {
        SweepResult looked = new ControllerSweep("admin", Duration.ofHours(24), Sweep.Act.LOOK, LATER).run();

        assertThat(looked.problems()).isEmpty();
        assertThat(looked.findings()).singleElement().satisfies(found -> {
            assertThat(found.job()).isEqualTo("shop");
            assertThat(found.item().resource().id()).isEqualTo("left");
            assertThat(found.item().kept()).isNull();
            assertThat(found.item().age()).isGreaterThan(Duration.ofDays(2));
        });
        assertThat(keyPairs()).containsExactlyInAnyOrder("left", "others");

        SweepResult removed = new ControllerSweep("admin", Duration.ofHours(24), Sweep.Act.REMOVE, LATER).run();

        assertThat(removed.findings()).singleElement().satisfies(found -> assertThat(found.item().isRemoved()).isTrue());
        assertThat(keyPairs()).containsExactly("others");
    }

    @Test
    void what_an_earlier_state_knew_is_taken_over_and_not_removed() throws Exception {
        StateVersions states = JobDeployments.of("shop").states("web");
        states.add("run-1", state(
                "{\"mode\":\"managed\",\"type\":\"aws_key_pair\",\"name\":\"this\",\"instances\":[{\"attributes\":{\"id\":\"left\"}}]}"));
        states.add("run-1", state(""));
        SweepResult removed = new ControllerSweep("admin", Duration.ofHours(24), Sweep.Act.REMOVE, LATER).run();
        assertThat(removed.findings()).singleElement().satisfies(found -> assertThat(found.item().kept()).contains("state version 1"));

        SweepResult adopted = new ControllerSweep("admin", Duration.ofHours(24), Sweep.Act.ADOPT, LATER).run();

        assertThat(adopted.findings()).singleElement().satisfies(found -> assertThat(found.item().adopted()).isTrue());
        assertThat(keyPairs()).contains("left");
        assertThat(JobDeployments.of("shop").find("web").orElseThrow().status()).isEqualTo(Deployment.Status.INCOMPLETE);
        assertThat(new ControllerSweep("admin", Duration.ofHours(24), Sweep.Act.LOOK, LATER).run().findings()).isEmpty();
    }

    @Test
    void what_is_worked_on_is_left_alone_and_a_place_that_cannot_be_asked_is_named() throws Exception {
        StoredDeployment.save("gone-job", "api", Deployment.Status.EMPTY, "", Instant.now(), null);
        JobDeployments.remember("gone-job", "api", new LastRunContext("nobody-has-this", new AgentDirectory("", "/nowhere/ec2-docker/x")));
        SweepResult result;
        try (DeploymentReservations.Claim claim = ActiveRuns.get().claim("shop", "web", "a test works on it.").orElseThrow()) {
            result = new ControllerSweep("admin", Duration.ofHours(24), Sweep.Act.REMOVE, LATER).run();
        }

        assertThat(result.findings()).isEmpty();
        assertThat(result.problems()).singleElement().asString().contains("job gone-job: ").doesNotContain("Exception");
        assertThat(keyPairs()).contains("left");
        ActiveRuns.get().claim("shop", "web", "free again").orElseThrow().close();
    }

    @Test
    void administrators_alone_see_it_and_may_remove() throws Exception {
        Jenkins.get().setSecurityRealm(jenkins.createDummySecurityRealm());
        Jenkins.get().setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE, Jenkins.SYSTEM_READ).everywhere().to("auditor")
                .grant(Jenkins.ADMINISTER).everywhere().to("admin"));
        SweepWork.get().sweep("admin", Sweep.Act.LOOK);
        JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false).withJavaScriptEnabled(false);

        client.withBasicCredentials("auditor");
        assertThat(client.goTo("ec2-docker/").asNormalizedText()).doesNotContain("Left over");
        assertThat(client.goTo("ec2-docker/sweep/").getWebResponse().getStatusCode()).isEqualTo(403);
        assertThat(post(client, "remove")).isEqualTo(403);
        assertThat(post(client, "adopt")).isEqualTo(403);
        client.withBasicCredentials("admin");
        assertThat(client.goTo("ec2-docker/").asNormalizedText()).contains("Left over in AWS");
        HtmlPage page = client.goTo("ec2-docker/sweep/");
        assertThat(page.querySelectorAll(".jenkins-breadcrumbs__list-item")).extracting(item -> item.getTextContent().trim())
                .containsExactly("EC2 deployments", "Left over in AWS");
        assertThat(page.asNormalizedText())
                .contains("found 1 (free):", "key pair", "left", "web-0000000a", "is kept: it is younger than 1d").doesNotContain("others");
        assertThat(client.goTo("ec2-docker/sweep/look").getWebResponse().getStatusCode()).isEqualTo(405);
        assertThat(client.goTo("ec2-docker/sweep/remove").getWebResponse().getStatusCode()).isEqualTo(405);
        assertThat(client.goTo("ec2-docker/sweep/adopt").getWebResponse().getStatusCode()).isEqualTo(405);
        assertThat(post(client, "look")).isEqualTo(200);
    }

    private static byte[] state(String resource) {
        return ("{\"version\":4,\"serial\":1,\"lineage\":\"x\",\"resources\":[" + resource + "]}").getBytes(UTF_8);
    }

    private int post(JenkinsRule.WebClient client, String what) throws Exception {
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), "ec2-docker/sweep/" + what), HttpMethod.POST);
        return client.getPage(client.addCrumb(request)).getWebResponse().getStatusCode();
    }

    private void keyPair(String key, String name, String deployment) {
        try (Ec2Client ec2 = aws.ec2()) {
            ec2.createKeyPair(r -> r.keyName(key).tagSpecifications(TagSpecification.builder()
                    .resourceType(ResourceType.KEY_PAIR)
                    .tags(tag("ec2-docker:managed-by", "ec2-docker"), tag("ec2-docker:name", name),
                            tag("ec2-docker:deployment", deployment))
                    .build()));
        }
    }

    private List<String> keyPairs() {
        try (Ec2Client ec2 = aws.ec2()) {
            return ec2.describeKeyPairs().keyPairs().stream().map(pair -> pair.keyName()).toList();
        }
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
