package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.ec2docker.jenkins.OneJenkins;
import io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerPermissions;
import io.jenkins.plugins.ec2docker.jenkins.pages.StoredDeployments;
import io.jenkins.plugins.ec2docker.jenkins.pages.StoredRuns;
import io.jenkins.plugins.ec2docker.jenkins.pages.Views;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.jenkins.store.RunSnapshot;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestExtension;

@OneJenkins
class RunBuildActionTest {

    @TestExtension
    public static final class Runs extends StoredRuns {}

    private static JenkinsRule jenkins;

    private FreeStyleProject job;
    private FreeStyleBuild build;
    private JenkinsRule.WebClient client;

    @BeforeAll
    static void one_jenkins_for_all(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void one_build_of_a_job_of_its_own() throws Exception {
        job = jenkins.createFreeStyleProject();
        build = jenkins.buildAndAssertSuccess(job);
        client = client();
    }

    /** Without the scripts of pages, Jenkins' own among them, which take most of the time; the tests that are about ours switch them on. */
    private static JenkinsRule.WebClient client() {
        return jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false).withJavaScriptEnabled(false);
    }

    @AfterEach
    void leave_no_run_and_no_permissions() {
        client.close();
        StoredRuns.get().forget();
        Jenkins.get().disableSecurity();
    }

    @Test
    void a_finished_run_shows_all_that_came_of_it() throws Exception {
        client.withJavaScriptEnabled(true);
        record(Views.succeeded("run-1", "web"));
        HtmlPage page = page("ec2-docker/");

        String text = page.asNormalizedText();
        assertThat(text).contains("web", "Succeeded", "alice (web-shop #1)", "eu-central-1", "t3.small", "nginx:1.27", "2 min 1 s",
                "7 to create", "users.csv, last changed 2026-11-21T03:59:00Z: 12 users");
        assertThat(page.querySelectorAll(".ec2-docker-stage--done")).hasSize(7);
        assertThat(page.getAnchorByHref("http://203.0.113.17/").getAttribute("rel")).contains("noopener");
        assertThat(page.querySelectorAll(".ec2-docker-change")).hasSize(7);
        assertThat(page.getElementById("ec2-docker-request").getTextContent()).contains("image: nginx:1.27", "expiresAfter: 8h");
        assertThat(page.querySelectorAll(".ec2-docker-log__line")).hasSize(2);
    }

    @Test
    void environment_values_and_external_ids_are_nowhere() throws Exception {
        record(Views.succeeded("run-1", "web"));
        assertThat(page("ec2-docker/").asXml()).contains("DB_PASSWORD").doesNotContain("hunter2-sentinel", "external-sentinel");
        assertThat(get("ec2-docker/api/json?depth=9").getContentAsString()).doesNotContain("sentinel");
        assertThat(Files.readString(build.getRootDir().toPath().resolve("build.xml"))).doesNotContain("sentinel");
    }

    @Test
    void a_failed_run_says_why_first_and_marks_its_stage() throws Exception {
        record(Views.failed("run-1", "web", "Apply failed: creating aws_instance.this: no capacity."));
        HtmlPage page = page("ec2-docker/");
        assertThat(page.<DomElement>querySelector(".jenkins-alert-danger").getTextContent()).contains("no capacity", "destroyed again");
        assertThat(page.<DomElement>querySelector(".ec2-docker-stage--failed").getTextContent()).contains("Apply");
        assertThat(page.<DomElement>querySelector(".ec2-docker-stage--skipped").getTextContent()).contains("Verify");
    }

    @Test
    void a_run_under_way_is_drawn_anew_only_when_it_moves_on() throws Exception {
        StoredRuns.get().live.put("run-1", Views.applying("run-1", "web"));
        record(Views.applying("run-1", "web"));

        WebResponse first = get("ec2-docker/live");
        assertThat(first.getContentAsString()).contains("4 of 7 done", "creating", "aws_instance.this");
        assertThat(first.getResponseHeaderValue("X-Status")).isEqualTo("running");
        assertThat(first.getResponseHeaderValue("X-Log-Size")).isNotEqualTo("0");
        String mark = first.getResponseHeaderValue("ETag");
        assertThat(getUnless(mark).getStatusCode()).isEqualTo(304);

        StoredRuns.get().live.clear();
        RunSnapshot over = Views.succeeded("run-1", "web");
        StoredRuns.get().recorded.put("run-1", over);
        RunRecorder.record(build, over);
        WebResponse last = getUnless(mark);
        assertThat(last.getStatusCode()).isEqualTo(200);
        assertThat(last.getResponseHeaderValue("X-Status")).isEqualTo("succeeded");
        assertThat(last.getContentAsString()).contains("http://203.0.113.17/");
    }

    @Test
    void an_open_page_follows_its_run_without_being_loaded_again() throws Exception {
        StoredRuns.get().live.put("run-1", Views.applying("run-1", "web"));
        record(Views.applying("run-1", "web"));
        client.withJavaScriptEnabled(true);
        HtmlPage page = page("ec2-docker/");
        assertThat(page.<DomElement>querySelector(".ec2-docker-stage--running").getTextContent()).contains("Apply");

        Files.writeString(log("run-1"), "2026-11-21T04:00:09Z info 漢字 came later\n", StandardOpenOption.APPEND);
        StoredRuns.get().live.clear();
        StoredRuns.get().recorded.put("run-1", Views.succeeded("run-1", "web"));
        RunRecorder.record(build, Views.succeeded("run-1", "web"));

        client.waitForBackgroundJavaScript(4000);
        assertThat(page.querySelectorAll(".ec2-docker-stage--done")).hasSize(7);
        assertThat(page.<DomElement>querySelector(".ec2-docker-announcer").getTextContent()).contains("Succeeded");
        assertThat(page.<DomElement>querySelector(".ec2-docker-log").getTextContent()).contains("漢字 came later");
        assertThat(page.querySelectorAll(".ec2-docker-log__line")).as("each line once").hasSize(3);
    }

    @Test
    void hostile_values_do_nothing() throws Exception {
        client.withJavaScriptEnabled(true);
        record(Views.hostile("run-1"));
        Files.writeString(log("run-1"), "2026-11-21T04:00:00Z error " + Views.HOSTILE + "\n" + Views.HOSTILE + "\n");
        for (String url : List.of("ec2-docker/", "")) {
            HtmlPage page = page(url);
            client.waitForBackgroundJavaScript(1000);
            assertThat(page.getTitleText()).isNotEqualTo("owned");
            assertThat(page.querySelectorAll("img[src=x], [onmouseover], a[href^='javascript']")).isEmpty();
            assertThat(page.asNormalizedText()).contains(Views.HOSTILE);
        }
        StoredRuns.get().live.put("run-1", Views.underWay(Views.hostile("run-1")));
        HtmlPage page = page("ec2-docker/");
        client.waitForBackgroundJavaScript(1500);
        assertThat(page.getTitleText()).isNotEqualTo("owned");
        assertThat(page.querySelectorAll("img[src=x], [onmouseover], a[href^='javascript']")).isEmpty();
    }

    @Test
    void the_part_that_is_fetched_alone_has_its_icons() throws Exception {
        record(Views.succeeded("run-1", "web"));
        assertThat(get("ec2-docker/live").getContentAsString()).contains("ec2-docker-stage--done\"><svg").doesNotContain("<img");
    }

    @Test
    void pages_keep_to_a_strict_content_security_policy() throws Exception {
        record(Views.succeeded("run-1", "web"));
        String fragment = get("ec2-docker/live").getContentAsString();
        assertThat(fragment).doesNotContain("style=\"", "javascript:").doesNotContainPattern("\\son[a-z]+=");
        assertThat(fragment).as("scripts come from files").doesNotContainPattern("<script(?![^>]*\\ssrc=)");
    }

    @Test
    void several_runs_of_a_build_have_a_page_each() throws Exception {
        record(Views.succeeded("run-1", "web"));
        record(Views.failed("run-2", "worker", "No capacity."));
        record(Views.succeeded("run-1", "web"));
        assertThat(build.getActions(RunBuildAction.class)).hasSize(2);
        assertThat(page("ec2-docker/").asNormalizedText()).contains("Succeeded");
        assertThat(page("ec2-docker-2/").asNormalizedText()).contains("worker", "No capacity.");
        assertThat(page("").querySelectorAll(".ec2-docker-summary")).hasSize(2);
    }

    @Test
    void a_page_without_its_files_shows_what_the_build_kept() throws Exception {
        record(Views.succeeded("run-1", "web"));
        StoredRuns.get().recorded.clear();
        StoredRuns.get().requests.clear();
        Files.delete(log("run-1"));
        HtmlPage page = page("ec2-docker/");
        assertThat(page.asNormalizedText()).contains("Succeeded", "t3.small", "nginx:1.27", "7 to create", "The log was not kept.");
        assertThat(page.querySelectorAll(".ec2-docker-stage--done")).hasSize(7);
        assertThat(get("ec2-docker/log.txt").getStatusCode()).isEqualTo(404);
        assertThat(get("ec2-docker/lines").getContentAsString()).contains("\"lines\":[]");
    }

    @Test
    void a_run_that_vanished_is_not_shown_as_under_way() throws Exception {
        record(Views.applying("run-1", "web"));
        assertThat(page("ec2-docker/").asNormalizedText()).contains("Not known", "left no word of how it ended");
        assertThat(get("ec2-docker/live").getResponseHeaderValue("X-Status")).isEqualTo("unknown");
    }

    @Test
    void the_builds_own_file_holds_little_and_is_enough_to_read_it_again() throws Exception {
        Path xml = build.getRootDir().toPath().resolve("build.xml");
        build.save();
        long before = Files.size(xml);
        record(Views.succeeded("run-1", "web"));
        assertThat(Files.size(xml) - before).isLessThan(4096);

        long one = Files.size(xml);
        record(Views.hostile("run-2"));
        assertThat(Files.size(xml) - one).isLessThan(4096);

        StoredRuns.get().recorded.clear();
        job.doReload();
        build = job.getBuildByNumber(1);
        assertThat(build.getActions(RunBuildAction.class)).hasSize(2);
        assertThat(page("ec2-docker/").asNormalizedText()).contains("Succeeded", "http://203.0.113.17/", "7 to create");
    }

    @Test
    void the_whole_log_comes_as_a_file() throws Exception {
        record(Views.succeeded("run-1", "web"));
        String text = "2026-11-21T04:00:00Z info é漢字😀 <b>\n".repeat(5000);
        Files.writeString(log("run-1"), text);
        WebResponse response = get("ec2-docker/log.txt");
        assertThat(response.getContentType()).isEqualTo("text/plain");
        assertThat(response.getResponseHeaderValue("Content-Disposition"))
                .isEqualTo("attachment; filename=\"" + job.getName() + "-1-web.log.txt\"");
        assertThat(response.getResponseHeaderValue("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.getContentAsString(StandardCharsets.UTF_8)).isEqualTo(text);
    }

    @Test
    void the_log_can_be_read_piece_by_piece() throws Exception {
        record(Views.succeeded("run-1", "web"));
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 20000; i++) {
            written.add("line " + i + " é漢字😀");
        }
        Files.writeString(log("run-1"), "2026-11-21T04:00:00.5Z warn " + String.join("\n2026-11-21T04:00:00.5Z warn ", written) + "\n");
        List<String> read = new ArrayList<>();
        long next = 0;
        long size;
        do {
            JSONObject slice = JSONObject.fromObject(get("ec2-docker/lines?start=" + next).getContentAsString(StandardCharsets.UTF_8));
            for (Object line : slice.getJSONArray("lines")) {
                assertThat(((JSONObject) line).getString("level")).isEqualTo("warn");
                read.add(((JSONObject) line).getString("text"));
            }
            next = slice.getLong("next");
            size = slice.getLong("size");
        } while (next < size);
        assertThat(read).isEqualTo(written);

        JSONObject tail = JSONObject.fromObject(get("ec2-docker/lines").getContentAsString(StandardCharsets.UTF_8));
        assertThat(tail.getLong("start")).isGreaterThan(0);
        assertThat(tail.getJSONArray("lines").size()).isLessThan(written.size());
        assertThat(tail.getLong("next")).isEqualTo(size);
        assertThat(get("ec2-docker/lines?start=x").getStatusCode()).isEqualTo(400);
    }

    @Test
    void the_rest_api_tells_the_same() throws Exception {
        record(Views.succeeded("run-1", "web"));
        JSONObject json = JSONObject.fromObject(get("ec2-docker/api/json").getContentAsString());
        assertThat(json.getString("status")).isEqualTo("succeeded");
        assertThat(json.getString("deployment")).isEqualTo("web");
        assertThat(json.getJSONObject("outputs").getString("public_ip")).isEqualTo("203.0.113.17");
        assertThat(json.getJSONObject("plan").getInt("add")).isEqualTo(7);
        assertThat(json.getJSONArray("stages").getJSONObject(5).getString("name")).isEqualTo("apply");
        assertThat(json.getString("requested")).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(get("api/json").getContentAsString()).contains("\"deployment\":\"web\"");
    }

    @Test
    void a_live_run_is_live_in_the_rest_api() throws Exception {
        StoredRuns.get().live.put("run-1", Views.applying("run-1", "web"));
        record(Views.applying("run-1", "web"));
        JSONObject json = JSONObject.fromObject(get("ec2-docker/api/json").getContentAsString());
        assertThat(json.getBoolean("running")).isTrue();
        assertThat(json.getJSONObject("progress").getInt("done")).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "live", "lines", "log.txt", "api/json"})
    void who_may_not_read_the_job_sees_nothing(String url) throws Exception {
        record(Views.succeeded("run-1", "web"));
        secure();
        client.withBasicCredentials("stranger");
        assertThat(get("ec2-docker/" + url).getStatusCode()).isIn(403, 404);
        client = client().withBasicCredentials("reader");
        assertThat(get("ec2-docker/" + url).getStatusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "lines", "log.txt"})
    void what_only_reads_takes_no_post(String url) throws Exception {
        record(Views.succeeded("run-1", "web"));
        assertThat(post("ec2-docker/" + url, true).getStatusCode()).isIn(404, 405);
    }

    @Test
    void destroying_takes_a_post_a_crumb_and_the_permission() throws Exception {
        record(Views.succeeded("run-1", "web"));
        store("web", "web-3f9a1c20");
        secure();

        client.withBasicCredentials("reader");
        assertThat(page("ec2-docker/").asNormalizedText()).doesNotContain("Destroy\n");
        assertThat(page("ec2-docker/").querySelectorAll(".ec2-docker-action")).isEmpty();
        assertThat(post("ec2-docker/destroy", true).getStatusCode()).isEqualTo(403);

        client = client().withBasicCredentials("destroyer");
        assertThat(page("ec2-docker/").querySelectorAll(".ec2-docker-action")).hasSize(1);
        assertThat(get("ec2-docker/destroy").getStatusCode()).isEqualTo(405);
        assertThat(post("ec2-docker/destroy", false).getStatusCode()).isEqualTo(403);
        assertThat(StoredRuns.get().queued).isEmpty();

        StoredRuns.get().notice = "Destruction waits in the queue: no executor is free";
        WebResponse answer = post("ec2-docker/destroy", true);
        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(answer.getWebRequest().getUrl().getPath()).endsWith("/ec2-docker/");
        assertThat(answer.getContentAsString()).contains("Destruction waits in the queue: no executor is free");
        assertThat(StoredRuns.get().queued).containsExactly("destroy web by destroyer");
    }

    @Test
    void a_run_that_goes_on_without_its_build_is_stopped_by_those_who_may_cancel() throws Exception {
        StoredRuns.get().live.put("run-1", Views.applying("run-1", "web"));
        record(Views.applying("run-1", "web"));
        secure();

        client.withBasicCredentials("reader");
        assertThat(page("ec2-docker/").querySelectorAll(".ec2-docker-action")).isEmpty();
        assertThat(post("ec2-docker/stop", true).getStatusCode()).isEqualTo(403);
        client = client().withBasicCredentials("canceller");
        assertThat(page("ec2-docker/").asNormalizedText()).contains("Stop");
        assertThat(get("ec2-docker/stop").getStatusCode()).isEqualTo(405);
        assertThat(post("ec2-docker/stop", false).getStatusCode()).isEqualTo(403);
        assertThat(StoredRuns.get().interrupted).isEmpty();

        assertThat(post("ec2-docker/stop", true).getStatusCode()).isEqualTo(200);

        assertThat(StoredRuns.get().interrupted).containsEntry("run-1", "Stopped by canceller.");
        StoredRuns.get().live.clear();
        assertThat(post("ec2-docker/stop", true).getContentAsString()).contains("Run run-1 is not under way");
    }

    @Test
    void the_button_asks_before_it_destroys() throws Exception {
        record(Views.succeeded("run-1", "web"));
        store("web", "web-3f9a1c20");
        client.withJavaScriptEnabled(true);
        HtmlPage page = page("ec2-docker/");
        DomElement button = page.querySelector(".ec2-docker-action");
        assertThat(button.getTagName()).as("what the space bar presses").isEqualTo("button");
        assertThat(button.getAttribute("aria-label")).isEqualTo("Destroy web");
        button.click();
        assertThat(StoredRuns.get().queued).isEmpty();
        assertThat(page.<DomElement>querySelector(".ec2-docker-action").getAttribute("data-title")).isEqualTo("Destroy web?");
        assertThat(page.<DomElement>querySelector(".ec2-docker-action").getAttribute("data-message")).contains("cannot be undone");
        page.<DomElement>querySelector("dialog [data-id=ok]").click();
        client.waitForBackgroundJavaScript(2000);
        assertThat(StoredRuns.get().queued).containsExactly("destroy web by anonymous");
    }

    @Test
    void a_later_deployment_of_that_name_is_not_destroyed_from_an_old_page() throws Exception {
        record(Views.succeeded("run-1", "web"));
        store("web", "web-ffffffff");
        HtmlPage page = page("ec2-docker/");
        assertThat(page.querySelectorAll(".ec2-docker-action")).isEmpty();
        assertThat(page.asNormalizedText()).contains("not in AWS any more");
        assertThat(post("ec2-docker/destroy", true).getContentAsString()).contains("a later one has its name");
        assertThat(StoredRuns.get().queued).isEmpty();
    }

    @Test
    void what_is_destroyed_has_no_address_and_no_expiry_any_more() throws Exception {
        record(Views.succeeded("run-1", "web"));
        JobDeployments.of(job)
                .save(StoredDeployments.of("web", "web-3f9a1c20", Instant.now(), Deployment.Status.EMPTY, "http://203.0.113.17/"));
        for (String url : List.of("", "ec2-docker/")) {
            HtmlPage page = page(url);
            assertThat(page.querySelectorAll("a[href='http://203.0.113.17/']")).as(url).isEmpty();
            assertThat(page.asNormalizedText()).doesNotContain("Expires\n", "expires in");
        }
        assertThat(page("").asNormalizedText()).contains("Destroyed");
        assertThat(page("ec2-docker/").asNormalizedText()).contains("What they name is destroyed.");
    }

    @Test
    void what_was_replaced_names_the_build_that_did_and_does_not_offer_an_address_that_is_gone() throws Exception {
        record(Views.succeeded("run-1", "web"));
        FreeStyleBuild next = jenkins.buildAndAssertSuccess(job);
        Deployment changed = StoredDeployments.changed("web", "web-3f9a1c20", Instant.now());
        JobDeployments.of(job).save(changed.changedRun("run-3", run -> run.ofBuild(next.getNumber()))
                .telling(Map.of("url", new TextNode("http://203.0.113.99/")), Instant.now()));
        for (String url : List.of("", "ec2-docker/")) {
            HtmlPage page = page(url);
            assertThat(page.getAnchorByText("Replaced by " + job.getName() + " #2").getHrefAttribute()).endsWith(next.getUrl());
            assertThat(page.querySelectorAll("a[href='http://203.0.113.17/']")).as(url).isEmpty();
        }
        assertThat(page("ec2-docker/").asNormalizedText()).contains("What they name has been replaced since.");
    }

    @Test
    void an_expiry_that_was_moved_is_the_same_on_every_page() throws Exception {
        record(Views.succeeded("run-1", "web"));
        Deployment made = StoredDeployments.live("web", "web-3f9a1c20", Instant.now());
        JobDeployments.of(job).save(made.until(Instant.now().plus(Duration.ofDays(3)).plus(Duration.ofMinutes(50)), Instant.now()));
        for (String url : List.of("", "ec2-docker/", "../ec2-docker/deployment/web/", "../ec2-docker/")) {
            assertThat(page(url).asNormalizedText()).as(url).contains("in 3 days 0 hr");
        }
    }

    @Test
    void rolling_back_takes_a_post_a_crumb_and_the_permission_to_maintain() throws Exception {
        record(Views.succeeded("run-1", "web"));
        JobDeployments.of(job).save(StoredDeployments.changed("web", "web-3f9a1c20", Instant.now()));
        secure();

        client.withBasicCredentials("destroyer");
        assertThat(page("ec2-docker/").asNormalizedText()).doesNotContain("Roll back");
        assertThat(post("ec2-docker/rollback", true).getStatusCode()).isEqualTo(403);

        client = client().withBasicCredentials("maintainer");
        assertThat(page("ec2-docker/").asNormalizedText()).contains("Roll back");
        assertThat(get("ec2-docker/rollback").getStatusCode()).isEqualTo(405);
        assertThat(post("ec2-docker/rollback", false).getStatusCode()).isEqualTo(403);
        assertThat(StoredRuns.get().queued).isEmpty();

        assertThat(post("ec2-docker/rollback", true).getWebRequest().getUrl().getPath()).endsWith("/ec2-docker/");
        assertThat(StoredRuns.get().queued).containsExactly("rollback web to run-1 by maintainer");
    }

    @Test
    void a_run_whose_request_is_there_already_offers_no_way_back() throws Exception {
        record(Views.succeeded("run-1", "web"));
        store("web", "web-3f9a1c20");

        assertThat(page("ec2-docker/").asNormalizedText()).doesNotContain("Roll back");
        assertThat(post("ec2-docker/rollback", true).getContentAsString()).contains("cannot be brought back to this run");
    }

    // ---- fixtures

    private void record(RunSnapshot view) throws Exception {
        StoredRuns runs = StoredRuns.get();
        runs.requests.put(view.runId(), Views.request());
        if (view.isOver()) {
            runs.recorded.put(view.runId(), view);
        }
        RunRecorder.record(build, view);
        Path log = log(view.runId());
        Files.createDirectories(log.getParent());
        Files.writeString(log, "2026-11-21T04:00:00Z info Preparing\n2026-11-21T04:00:01.250Z warn No digest\n");
    }

    private Path log(String runId) {
        return StoredRuns.get().log(build, runId);
    }

    private void store(String name, String id) throws Exception {
        JobDeployments.of(job).save(StoredDeployments.live(name, id, Instant.now()));
    }

    private void secure() {
        Jenkins.get().setSecurityRealm(jenkins.createDummySecurityRealm());
        Jenkins.get().setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ).everywhere().to("stranger", "reader", "destroyer", "maintainer", "canceller")
                .grant(Item.READ).everywhere().to("reader", "destroyer", "maintainer", "canceller")
                .grant(Item.CANCEL).everywhere().to("canceller")
                .grant(Ec2DockerPermissions.MAINTAIN).everywhere().to("maintainer")
                .grant(Ec2DockerPermissions.DESTROY).everywhere().to("destroyer"));
    }

    private URL url(String path) throws Exception {
        return new URL(jenkins.getURL(), build.getUrl() + path);
    }

    private HtmlPage page(String path) throws Exception {
        HtmlPage page = client.getPage(url(path));
        assertThat(page.getWebResponse().getStatusCode()).as(path).isEqualTo(200);
        client.waitForBackgroundJavaScript(500);
        return page;
    }

    private WebResponse get(String path) throws Exception {
        return client.loadWebResponse(new WebRequest(url(path)));
    }

    private WebResponse getUnless(String mark) throws Exception {
        WebRequest request = new WebRequest(url("ec2-docker/live"));
        request.setAdditionalHeader("If-None-Match", mark);
        return client.loadWebResponse(request);
    }

    private WebResponse post(String path, boolean withCrumb) throws Exception {
        WebRequest request = new WebRequest(url(path), HttpMethod.POST);
        if (withCrumb) {
            client.addCrumb(request);
        }
        Page page = client.getPage(request);
        return page.getWebResponse();
    }
}
