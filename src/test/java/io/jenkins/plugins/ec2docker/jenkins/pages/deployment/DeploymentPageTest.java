package io.jenkins.plugins.ec2docker.jenkins.pages.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.ec2docker.blueprint.spec.Generation;
import io.jenkins.plugins.ec2docker.jenkins.OneJenkins;
import io.jenkins.plugins.ec2docker.jenkins.SharedJenkins;
import io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerPermissions;
import io.jenkins.plugins.ec2docker.jenkins.pages.StoredDeployments;
import io.jenkins.plugins.ec2docker.jenkins.pages.StoredRuns;
import io.jenkins.plugins.ec2docker.jenkins.pages.Views;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.RunRecorder;
import io.jenkins.plugins.ec2docker.jenkins.runs.ActiveRuns;
import io.jenkins.plugins.ec2docker.jenkins.runs.DeploymentReservations;
import io.jenkins.plugins.ec2docker.jenkins.store.BuildRunFiles;
import io.jenkins.plugins.ec2docker.jenkins.store.DriftRecord;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.jenkins.upkeep.HistoryWork;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.request.parse.StoredRequest;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import io.jenkins.plugins.ec2docker.run.store.DeploymentLock;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.run.store.StateVersions;
import io.jenkins.plugins.ec2docker.terraform.command.WorkspaceFiles;
import io.jenkins.plugins.ec2docker.terraform.documents.DriftedAttribute;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestExtension;

@OneJenkins
class DeploymentPageTest {

    private static final String PAGE = "job/web-shop/ec2-docker/deployment/web/";

    @TestExtension
    public static final class Runs extends StoredRuns {}

    private static JenkinsRule jenkins;

    private FreeStyleProject job;
    private DeploymentStore store;
    private JenkinsRule.WebClient client;

    @BeforeAll
    static void one_jenkins_for_all(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void a_deployment_with_two_states() throws Exception {
        job = jenkins.createFreeStyleProject("web-shop");
        store = JobDeployments.of(job);
        store.save(StoredDeployments.changed("web", "web-3f9a1c20", Instant.now()));
        store.states("web").add("run-1", state(3, "sentinel-of-a-state").getBytes(UTF_8));
        store.states("web").add("run-3", state(5, "another").getBytes(UTF_8));
        Jenkins.get().setSecurityRealm(jenkins.createDummySecurityRealm());
        Jenkins.get().setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ).everywhere().to("stranger")
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Item.CONFIGURE).everywhere().to("configurer")
                .grant(Jenkins.READ, Item.READ, Ec2DockerPermissions.STATE).everywhere().to("keeper")
                .grant(Jenkins.READ, Item.READ, Item.CANCEL).everywhere().to("canceller")
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ).everywhere().to("auditor")
                .grant(Jenkins.ADMINISTER).everywhere().to("admin"));
        // No script of the page is needed here, and refusals are pages with scripts of Jenkins' own.
        client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false).withJavaScriptEnabled(false);
    }

    @AfterEach
    void leave_nothing() throws Exception {
        client.close();
        StoredRuns.get().forget();
        SharedJenkins.empty();
    }

    @Test
    void its_runs_and_state_versions_are_listed_the_latest_first() throws Exception {
        HtmlPage page = client.withBasicCredentials("configurer").goTo(PAGE);

        assertThat(page.asNormalizedText()).contains("web-3f9a1c20", "eu-central-1", "run-1", "run-3", "Provision (serves)");
        assertThat(page.querySelectorAll(".ec2-docker-states tbody tr")).hasSize(2);
        assertThat(((DomElement) page.querySelector(".ec2-docker-states tbody tr")).asNormalizedText().split("\t"))
                .startsWith("2 (latest)", "run-3").contains("5", "0.2 KB", "1");
        assertThat(page.asNormalizedText()).doesNotContain("sentinel-of-a-state", "Download", "Restore");

        Deployment failed = StoredDeployments.changed("web", "web-3f9a1c20", Instant.now())
                .beginRun(RunSummary.begin("run-4", Purpose.ROLLBACK, "bob", Instant.now()).backTo("run-3").given("two"))
                .applying("run-4", new Generation("two", "run-4"), null, Instant.now())
                .endRun("run-4", new RunResult(RunResult.Status.FAILED, "No capacity.", true), false, Deployment.Status.INCOMPLETE,
                        Map.of(), Instant.now());
        store.save(failed);
        assertThat(client.goTo(PAGE).asNormalizedText()).containsPattern("Failed\\s*\tApply again \\(applied last\\)")
                .doesNotContain("(serves)");

        store.save(Deployment.begin("web", "web-3f9a1c20", "instance", "eu-central-1", "alice", Instant.now()));
        assertThat(((DomElement) client.goTo(PAGE).querySelector("[data-part=facts]")).asNormalizedText()).contains("Never created")
                .doesNotContain("Created\n", " ago");
    }

    @Test
    void rows_lead_to_the_pages_of_their_runs_these_back_to_the_deployment_and_breadcrumbs_to_the_lists() throws Exception {
        store.save(StoredDeployments.live("web", "web-3f9a1c20", Instant.now()));
        RunRecorder.record(jenkins.buildAndAssertSuccess(job), Views.succeeded("run-1", "web"));
        HtmlPage page = client.withBasicCredentials("configurer").goTo(PAGE);
        assertThat(page.querySelectorAll(".jenkins-breadcrumbs__list-item")).extracting(item -> ((DomElement) item).asNormalizedText())
                .containsExactly("web-shop", "Deployments", "web");

        HtmlPage run = page.getAnchorByText("run-1").click();

        assertThat(run.getUrl().getPath()).endsWith("/job/web-shop/1/ec2-docker/");
        assertThat(run.getAnchorByText("web").getHrefAttribute()).endsWith("/" + PAGE);
        assertThat(client.goTo(PAGE + "run?id=run-9", "").getWebResponse().getStatusCode()).isEqualTo(404);
        assertThat(client.goTo(PAGE + "run", "").getWebResponse().getStatusCode()).isEqualTo(404);
    }

    @Test
    void tables_have_names_and_roles_that_no_style_takes_away_and_buttons_name_their_object() throws Exception {
        givenImages("run-1", "nginx:1.26");
        HtmlPage page = client.withBasicCredentials("admin").goTo(PAGE);
        assertThat(page.querySelectorAll(".ec2-docker-table table")).hasSize(2).allSatisfy(node -> {
            DomElement table = (DomElement) node;
            assertThat(table.getAttribute("role")).isEqualTo("table");
            assertThat(table.getAttribute("aria-label")).isNotBlank();
            for (Map.Entry<String, String> role : Map.of("tr", "row", "th", "columnheader", "td", "cell").entrySet()) {
                assertThat(table.querySelectorAll(role.getKey())).isNotEmpty()
                        .allMatch(cell -> ((DomElement) cell).getAttribute("role").equals(role.getValue()));
            }
        });
        assertThat(page.querySelectorAll("#main-panel .ec2-docker-fresh button")).extracting(button -> ((DomElement) button)
                .getAttribute("aria-label")).containsExactlyInAnyOrder("Destroy web", "Extend web", "Check now whether web drifted",
                        "Roll back web to run run-1", "Restore state version 1 of web");
    }

    @Test
    void its_runs_and_states_come_in_pages() throws Exception {
        save(60, Deployment.Status.LIVE, 0);
        for (int i = 3; i <= 60; i++) {
            store.states("web").add("run-" + i, state(i, "any").getBytes(UTF_8));
        }
        HtmlPage page = client.withBasicCredentials("configurer").goTo(PAGE);
        assertThat(rows(page, "ec2-docker-runs-title")).hasSize(50).first().asString().contains("run-60");
        assertThat(page.querySelectorAll(".ec2-docker-states tbody tr")).hasSize(50);
        assertThat(page.asNormalizedText()).contains("1 to 50 of 60, the latest first", "(latest)");
        page = client.goTo(PAGE + "?page=2");
        assertThat(rows(page, "ec2-docker-runs-title")).hasSize(10).last().asString().contains("run-1");
        page = client.goTo(PAGE + "?states=2");
        assertThat(rows(page, "ec2-docker-runs-title")).hasSize(50);
        assertThat(page.querySelectorAll(".ec2-docker-states tbody tr")).hasSize(10);
        assertThat(page.asNormalizedText()).contains("51 to 60 of 60").doesNotContain("(latest)");
    }

    @Test
    void old_history_goes_with_its_logs_once_nothing_works_on_it_and_what_serves_stays() throws Exception {
        save(60, Deployment.Status.LIVE, 0);
        for (int i = 1; i <= 60; i++) {
            store.runDirectory("web", "run-" + i);
            orphan("run-" + i, 1);
        }
        orphan("a-plan", 1);
        orphan("an-old-plan", 181);
        try (DeploymentReservations.Claim claim = ActiveRuns.get().claim("web-shop", "web", "a test works on it.").orElseThrow()) {
            new HistoryWork().prune(Instant.now());
            assertThat(store.find("web").orElseThrow().runs()).hasSize(60);
        }
        try (DeploymentLock lock = store.lock("web", DeploymentLock.Holder.here("run-61", Purpose.PLAN, "bob", Instant.now()))) {
            new HistoryWork().prune(Instant.now());
            assertThat(store.find("web").orElseThrow().runs()).hasSize(60);
        }
        new HistoryWork().prune(Instant.now());
        assertThat(store.find("web").orElseThrow().runs()).extracting(RunSummary::id)
                .as("the one that serves, the one of the latest state, and fifty").hasSize(52).startsWith("run-1", "run-3", "run-11");
        assertThat(BuildRunFiles.withoutBuild("web-shop", "run-1").log()).exists();
        assertThat(BuildRunFiles.withoutBuild("web-shop", "run-60").log()).exists();
        assertThat(BuildRunFiles.withoutBuild("web-shop", "a-plan").log()).exists();
        assertThat(BuildRunFiles.withoutBuild("web-shop", "an-old-plan").log().getParent()).doesNotExist();
        assertThat(client.withBasicCredentials("configurer").goTo(PAGE).asNormalizedText()).contains("1 to 50 of 52", "run-60");
        ActiveRuns.get().claim("web-shop", "web", "free again").orElseThrow().close();
    }

    @Test
    void a_deployment_goes_whole_days_after_its_destruction_and_a_living_one_never() throws Exception {
        save(1, Deployment.Status.LIVE, 500);
        new HistoryWork().prune(Instant.now());
        assertThat(store.find("web").orElseThrow().runs()).hasSize(1);
        save(1, Deployment.Status.EMPTY, 179);
        new HistoryWork().prune(Instant.now());
        assertThat(store.find("web")).isPresent();
        save(1, Deployment.Status.EMPTY, 181);
        orphan("run-1", 181);
        new HistoryWork().prune(Instant.now());
        assertThat(JobDeployments.directory("web-shop").resolve("web")).doesNotExist();
        assertThat(BuildRunFiles.withoutBuild("web-shop", "run-1").log().getParent()).doesNotExist();
        assertThat(client.withBasicCredentials("configurer").goTo(PAGE).getWebResponse().getStatusCode()).isEqualTo(404);
    }

    private static List<String> rows(HtmlPage page, String title) {
        return page.querySelectorAll("section[aria-labelledby=" + title + "] tbody tr").stream().map(row -> row.getTextContent()).toList();
    }

    /** Its first run serves. */
    private void save(int runs, Deployment.Status status, int daysAgo) throws Exception {
        Instant then = Instant.now().minus(Duration.ofDays(daysAgo));
        Deployment web = StoredDeployments.of("web", "web-3f9a1c20", then, status, "http://203.0.113.17/");
        for (int i = 2; i <= runs; i++) {
            web = web.beginRun(RunSummary.begin("run-" + i, Purpose.PROVISION, "bob", then.plusSeconds(i))
                    .end(new RunResult(RunResult.Status.FAILED, "No capacity.", true), false, then));
        }
        store.save(web.toBuilder().updated(then).build());
    }

    private static void orphan(String run, int daysAgo) throws Exception {
        BuildRunFiles files = BuildRunFiles.withoutBuild("web-shop", run);
        files.prepare();
        Files.writeString(files.log(), "said\n");
        Files.setLastModifiedTime(files.log(), FileTime.from(Instant.now().minus(Duration.ofDays(daysAgo))));
    }

    @Test
    void a_state_is_given_only_to_those_who_may_have_it_and_kept_by_nobody_on_the_way() throws Exception {
        assertThat(client.withBasicCredentials("stranger").goTo(PAGE + "state?version=1").getWebResponse().getStatusCode()).isEqualTo(404);
        assertThat(client.withBasicCredentials("configurer").goTo(PAGE + "state?version=1").getWebResponse().getStatusCode())
                .isEqualTo(403);
        client.withBasicCredentials("keeper");
        assertThat(client.goTo(PAGE).asNormalizedText()).contains("Download", "Restore");
        WebResponse answer = client.goTo(PAGE + "state?version=1", "application/json").getWebResponse();

        assertThat(answer.getContentAsString()).isEqualTo(state(3, "sentinel-of-a-state"));
        assertThat(answer.getResponseHeaderValue("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.getResponseHeaderValue("Content-Disposition")).isEqualTo("attachment; filename=\"web-3f9a1c20-1.tfstate.json\"");
        assertThat(client.goTo(PAGE + "state?version=9", "").getWebResponse().getStatusCode()).isEqualTo(404);
    }

    @Test
    void an_earlier_state_becomes_the_latest_by_those_who_may_and_none_is_lost() throws Exception {
        client.withBasicCredentials("configurer");
        assertThat(restore(1, true).getStatusCode()).isEqualTo(403);
        client.withBasicCredentials("keeper");
        assertThat(client.goTo(PAGE + "restore?version=1").getWebResponse().getStatusCode()).isEqualTo(405);
        assertThat(restore(1, false).getStatusCode()).isEqualTo(403);
        assertThat(restore(2, true).getContentAsString()).contains("is the latest already");
        assertThat(store.states("web").list()).hasSize(2);

        assertThat(restore(1, true).getStatusCode()).isEqualTo(200);

        StateVersions.Version latest = store.states("web").latest().orElseThrow();
        assertThat(latest.number()).isEqualTo(3);
        assertThat(store.states("web").read(latest)).asString(UTF_8).isEqualTo(state(3, "sentinel-of-a-state"));
        assertThat(store.find("web").orElseThrow().status()).isEqualTo(Deployment.Status.INCOMPLETE);
        assertThat(client.goTo(PAGE).asNormalizedText()).contains("(brought back from 1)");
    }

    @Test
    void nothing_is_brought_back_while_a_run_is_at_work_or_waits_to_be() throws Exception {
        client.withBasicCredentials("keeper");
        StoredRuns.get().live.put("run-4", Views.applying("run-4", "web"));
        assertThat(restore(1, true).getContentAsString()).contains("A run works on deployment", "Wait for its end");
        StoredRuns.get().live.clear();
        try (DeploymentLock lock = store.lock("web", DeploymentLock.Holder.here("run-5", Purpose.PROVISION, "bob", Instant.now()))) {
            assertThat(restore(1, true).getContentAsString()).contains("is being worked on by run run-5");
        }
        assertThat(store.states("web").list()).hasSize(2);
    }

    @Test
    void what_differs_is_named_to_all_and_its_values_to_those_who_could_change_it() throws Exception {
        assertThat(client.withBasicCredentials("configurer").goTo(PAGE).asNormalizedText()).contains("It has not been checked");
        DriftedAttribute drift = new DriftedAttribute("aws_instance.this", "tags_all.team", "<b>web</b>", "sentinel-of-aws");
        new DriftRecord(Instant.now().plusSeconds(1), "alice", "web-3f9a1c20", "run-3", List.of(drift), null).save("web-shop", "web");

        HtmlPage page = client.withBasicCredentials("keeper").goTo(PAGE);
        assertThat(page.asNormalizedText()).contains("found one place in which", "aws_instance.this", "tags_all.team")
                .doesNotContain("sentinel-of-aws", "Check now", "Apply again");
        assertThat(post("drift").getStatusCode()).isEqualTo(403);
        assertThat(post("reapply").getStatusCode()).isEqualTo(403);
        page = client.withBasicCredentials("configurer").goTo(PAGE);
        assertThat(page.asNormalizedText()).contains("sentinel-of-aws", "<b>web</b>", "Check now", "Apply again", "Drifted");
        assertThat(client.goTo("job/web-shop/ec2-docker/").asNormalizedText()).contains("Drifted");
        assertThat(client.goTo(PAGE + "drift").getWebResponse().getStatusCode()).isEqualTo(405);
        assertThat(client.goTo(PAGE + "reapply").getWebResponse().getStatusCode()).isEqualTo(405);

        new DriftRecord(Instant.now().plusSeconds(2), "alice", null, null, List.of(), "AWS refused.").save("web-shop", "web");
        assertThat(client.goTo(PAGE).asNormalizedText()).contains("could not find out: AWS refused.").doesNotContain("Apply again");
    }

    @Test
    void what_was_applied_last_is_applied_again_by_a_run_in_the_queue_whether_or_not_a_build_is_left() throws Exception {
        client.withBasicCredentials("configurer");
        StoredRuns.get().notice = "Rollback waits in the queue: no executor is free";

        assertThat(post("reapply").getContentAsString()).contains("Rollback waits in the queue: no executor is free");

        assertThat(StoredRuns.get().queued).containsExactly("rollback web to run-3 by configurer");
        StoredRuns.get().live.put("run-4", Views.applying("run-4", "web"));
        assertThat(post("drift").getContentAsString()).contains("A run works on deployment");
    }

    @Test
    void it_is_destroyed_by_those_who_may_by_a_run_in_the_queue() throws Exception {
        assertThat(client.withBasicCredentials("keeper").goTo(PAGE).asNormalizedText()).doesNotContain("Destroy");
        assertThat(post("destroy").getStatusCode()).isEqualTo(403);
        client.withBasicCredentials("configurer");
        assertThat(client.goTo(PAGE).asNormalizedText()).contains("Destroy");
        assertThat(client.goTo(PAGE + "destroy").getWebResponse().getStatusCode()).isEqualTo(405);
        assertThat(StoredRuns.get().queued).isEmpty();

        assertThat(post("destroy").getStatusCode()).isEqualTo(200);

        assertThat(StoredRuns.get().queued).containsExactly("destroy web by configurer");
        store.save(StoredDeployments.of("web", "web-3f9a1c20", Instant.now(), Deployment.Status.EMPTY, "http://203.0.113.17/"));
        WebResponse refused = post("destroy");
        assertThat(refused.getStatusCode()).isEqualTo(400);
        assertThat(refused.getContentAsString()).as("the page again").contains("has nothing in AWS that could be destroyed",
                "ec2-docker-runs-title");
    }

    @Test
    void an_earlier_good_run_is_rolled_back_to_from_its_row_which_names_its_images() throws Exception {
        givenImages("run-1", "nginx:1.26");
        givenImages("run-3", "nginx:1.27");
        assertThat(client.withBasicCredentials("keeper").goTo(PAGE).asNormalizedText()).contains("nginx:1.26").doesNotContain("Roll back");
        assertThat(post("rollback?run=run-1").getStatusCode()).isEqualTo(403);
        client.withBasicCredentials("configurer");
        HtmlPage page = client.goTo(PAGE);
        assertThat(page.querySelectorAll("button[data-url^='rollback']")).singleElement()
                .satisfies(button -> assertThat(((DomElement) button).getAttribute("data-url")).isEqualTo("rollback?run=run-1"));
        assertThat(page.getWebResponse().getContentAsString()).contains("with images nginx:1.26. Now it has nginx:1.27.");
        assertThat(client.goTo(PAGE + "rollback?run=run-1").getWebResponse().getStatusCode()).isEqualTo(405);

        WebResponse refused = post("rollback?run=run-3");
        assertThat(refused.getStatusCode()).isEqualTo(400);
        assertThat(refused.getContentAsString()).contains("or what it gave is what serves");
        assertThat(post("rollback?run=run-1").getStatusCode()).isEqualTo(200);

        assertThat(StoredRuns.get().queued).containsExactly("rollback web to run-1 by configurer");
    }

    private void givenImages(String run, String image) throws Exception {
        ProvisionRequest request = RequestParser.parse(Map.of(
                "name", "web", "region", "eu-central-1", "instanceType", "t3.small", "containers", List.of(Map.of("image", image))))
                .orElseThrow();
        store.saveInputs("web", run, StoredRequest.of(request), new WorkspaceFiles(Map.of(WorkspaceFiles.USERS, new byte[0])));
    }

    @Test
    void a_run_under_way_is_stopped_from_the_page_of_its_deployment() throws Exception {
        StoredRuns.get().live.put("run-3", Views.applying("run-3", "web"));
        StoredRuns.get().live.put("run-8", Views.applying("run-8", "other"));
        client.withBasicCredentials("configurer");
        assertThat(client.goTo(PAGE).asNormalizedText()).doesNotContain("Stop");
        assertThat(post("stop?run=run-3").getStatusCode()).isEqualTo(403);
        client.withBasicCredentials("canceller");
        assertThat(client.goTo(PAGE).asNormalizedText()).contains("Stop");

        assertThat(post("stop?run=run-8").getContentAsString()).contains("No run \"run-8\" of deployment \"web\" is under way");
        assertThat(post("stop?run=run-3").getStatusCode()).isEqualTo(200);

        assertThat(StoredRuns.get().interrupted).containsOnly(Map.entry("run-3", "Stopped by canceller."));
    }

    @Test
    void one_whose_job_was_deleted_has_its_page_below_the_list_of_all() throws Exception {
        String page = "ec2-docker/deployment/web-3f9a1c20/";
        assertThat(client.withBasicCredentials("auditor").goTo(page).getWebResponse().getStatusCode()).as("of a job that is there")
                .isEqualTo(404);
        store.save(StoredDeployments.of("web", "web-3f9a1c20", Instant.now(), Deployment.Status.EMPTY, "http://203.0.113.17/"));
        job.delete();

        assertThat(client.withBasicCredentials("configurer").goTo(page).getWebResponse().getStatusCode()).isEqualTo(403);
        assertThat(client.withBasicCredentials("auditor").goTo(page).asNormalizedText()).contains("web-shop (deleted)")
                .doesNotContain("Download");
        assertThat(client.goTo(page + "state?version=1").getWebResponse().getStatusCode()).isEqualTo(403);
        assertThat(client.withBasicCredentials("admin").goTo("ec2-docker/").getAnchorByText("web").getHrefAttribute()).endsWith("/" + page);
        assertThat(client.goTo(page).asNormalizedText()).contains("Download");
    }

    @Test
    void there_is_no_page_of_what_is_not_there() throws Exception {
        client.withBasicCredentials("admin");
        for (String name : new String[] {"shop", "..%2fweb", "Web"}) {
            assertThat(client.goTo("job/web-shop/ec2-docker/deployment/" + name + "/").getWebResponse().getStatusCode()).as(name)
                    .isIn(400, 404);
        }
        assertThat(client.goTo("ec2-docker/deployment/web-3f9a1c20/").getWebResponse().getStatusCode()).isEqualTo(404);
    }

    private WebResponse restore(int version, boolean withCrumb) throws Exception {
        return post("restore?version=" + version, withCrumb);
    }

    private WebResponse post(String what) throws Exception {
        return post(what, true);
    }

    private WebResponse post(String what, boolean withCrumb) throws Exception {
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), PAGE + what), HttpMethod.POST);
        if (withCrumb) {
            client.addCrumb(request);
        }
        return client.getPage(request).getWebResponse();
    }

    private static String state(int serial, String secret) {
        return "{\"version\": 4, \"serial\": " + serial
                + ", \"lineage\": \"5f0d\", \"resources\": [{\"mode\": \"managed\", \"type\": \"aws_instance\","
                + " \"name\": \"this\", \"instances\": [{\"attributes\": {\"id\": \"i-1\", \"user_data\": \"" + secret + "\"}}]}]}";
    }
}
