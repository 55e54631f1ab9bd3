package io.jenkins.plugins.ec2docker.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.security.Permission;
import io.jenkins.plugins.ec2docker.jenkins.agent.AgentDirectory;
import io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerConfiguration;
import io.jenkins.plugins.ec2docker.jenkins.pages.StoredDeployments;
import io.jenkins.plugins.ec2docker.jenkins.pages.Views;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.RunRecorder;
import io.jenkins.plugins.ec2docker.jenkins.runs.Runs;
import io.jenkins.plugins.ec2docker.jenkins.store.BuildRunFiles;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.jenkins.store.LastRunContext;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.request.parse.StoredRequest;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.terraform.command.WorkspaceFiles;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jenkins.branch.BranchSource;
import jenkins.model.Jenkins;
import jenkins.scm.impl.SingleSCMSource;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.SingleFileSCM;

/** Who may do what, over HTTP: each address of the plugin, for a freestyle job, a Pipeline and a branch, all of them in a folder. */
@OneJenkins
class PermissionsTest {

    private static final Map<String, List<Permission>> USERS = new LinkedHashMap<>();

    static {
        USERS.put("none", List.of(Jenkins.READ));
        USERS.put("discover", List.of(Jenkins.READ, Item.DISCOVER));
        USERS.put("read", List.of(Jenkins.READ, Item.DISCOVER, Item.READ));
        USERS.put("extended", List.of(Jenkins.READ, Item.DISCOVER, Item.READ, Item.EXTENDED_READ));
        USERS.put("build", List.of(Jenkins.READ, Item.DISCOVER, Item.READ, Item.BUILD));
        USERS.put("cancel", List.of(Jenkins.READ, Item.DISCOVER, Item.READ, Item.CANCEL));
        USERS.put("configure", List.of(Jenkins.READ, Item.DISCOVER, Item.READ, Item.BUILD, Item.CONFIGURE));
        USERS.put("admin", List.of(Jenkins.ADMINISTER));
    }

    /**
     * JOB is each of the jobs, BUILD its first build, FORM where the form of a step asks. 400 is a sentence for those who may, about what cannot
     * be done now.
     */
    private static final String OF_JOBS = """
            |                                                      | none discover read extended build cancel configure admin |
            | GET  JOB/ec2-docker/                                 | 404  403      200  200      200   200    200       200   |
            | GET  JOB/ec2-docker/api/json                         | 404  403      200  200      200   200    200       200   |
            | GET  JOB/ec2-docker/deployment/web/                  | 404  403      200  200      200   200    200       200   |
            | GET  JOB/ec2-docker/deployment/web/log?run=run-1     | 404  403      404  404      404   404    404       404   |
            | GET  JOB/ec2-docker/deployment/web/run?id=run-1      | 404  403      404  404      404   404    404       404   |
            | GET  JOB/ec2-docker/deployment/web/state?version=1   | 404  403      403  403      403   403    403       200   |
            | POST JOB/ec2-docker/deployment/web/restore?version=9 | 404  403      403  403      403   403    403       400   |
            | POST JOB/ec2-docker/deployment/web/unlock?lock=x     | 404  403      403  403      403   403    403       400   |
            | POST JOB/ec2-docker/extend?deployment=web&by=1h      | 404  403      403  403      403   403    200       200   |
            | POST JOB/ec2-docker/deployment/web/drift             | 404  403      403  403      200   403    200       200   |
            | POST JOB/ec2-docker/deployment/web/reapply           | 404  403      403  403      403   403    200       200   |
            | POST JOB/ec2-docker/deployment/web/rollback?run=run-9 | 404 403     403  403      403   403    400       400   |
            | POST JOB/ec2-docker/deployment/web/destroy           | 404  403      403  403      403   403    200       200   |
            | POST JOB/ec2-docker/deployment/web/stop?run=run-9    | 404  403      403  403      403   400    403       400   |
            | GET  BUILD/ec2-docker/                               | 404  403      200  200      200   200    200       200   |
            | GET  BUILD/ec2-docker/api/json                       | 404  403      200  200      200   200    200       200   |
            | GET  BUILD/ec2-docker/live                           | 404  403      200  200      200   200    200       200   |
            | GET  BUILD/ec2-docker/lines                          | 404  403      200  200      200   200    200       200   |
            | GET  BUILD/ec2-docker/log.txt                        | 404  403      200  200      200   200    200       200   |
            | POST BUILD/ec2-docker/rollback                       | 404  403      403  403      403   403    200       200   |
            | POST BUILD/ec2-docker/destroy                        | 404  403      403  403      403   403    200       200   |
            | POST BUILD/ec2-docker/stop                           | 404  403      403  403      403   400    403       400   |
            | POST FORM/checkRegion?value=eu-central-1             | 404  403      403  200      403   403    200       200   |
            | POST FORM/fillInstanceTypeItems                      | 404  403      403  200      403   403    200       200   |
            | POST FORM/readSections?blueprint=fargate&value=      | 404  403      403  200      403   403    200       200   |
            | POST FORM/fillCredentialsIdItems?credentialsId=x     | 404  403      200  200      200   200    200       200   |
            | POST FORM/tryRole?region=nowhere&credentialsId=&role=false&arn=&externalId=&durationSeconds= \
            | 404 403 403 200 403 403 200 200 |
            """;

    /** web-00000001 is a deployment whose job was deleted. */
    private static final String OF_JENKINS = """
            |                                                      | none discover read extended build cancel configure admin |
            | GET  ec2-docker/                                     | 200  200      200  200      200   200    200       200   |
            | GET  ec2-docker/api/json                             | 200  200      200  200      200   200    200       200   |
            | GET  ec2-docker/deployment/web-00000001/             | 403  403      403  403      403   403    403       200   |
            | GET  ec2-docker/deployment/web-00000001/state?version=1   | 403 403   403  403      403   403    403       200   |
            | POST ec2-docker/deployment/web-00000001/stop?run=run-9    | 403 403   403  403      403   403    403       400   |
            | POST ec2-docker/deployment/web-00000001/destroy      | 403  403      403  403      403   403    403       200   |
            | GET  ec2-docker/sweep/                               | 403  403      403  403      403   403    403       200   |
            | POST ec2-docker/sweep/look                           | 403  403      403  403      403   403    403       200   |
            | POST administrativeMonitor/ec2-docker-unattended-work/pause   | 403 403 403  403    403   403    403       200   |
            | POST administrativeMonitor/ec2-docker-unattended-work/confirm | 403 403 403  403    403   403    403       200   |
            | POST FORM/checkRegion?value=eu-central-1             | 403  403      403  403      403   403    403       200   |
            | POST descriptorByName/io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerConfiguration/checkDefaultRegion?value=x \
            | 403 403 403 403 403 403 403 200 |
            | POST descriptorByName/io.jenkins.plugins.ec2docker.jenkins.config.GuardrailsConfig/checkRegions?value=x \
            | 403 403 403 403 403 403 403 200 |
            | POST descriptorByName/io.jenkins.plugins.ec2docker.jenkins.config.UpkeepConfiguration/checkSweepSchedule?value=x \
            | 403 403 403 403 403 403 403 200 |
            """;

    private static final String FORM = "descriptorByName/io.jenkins.plugins.ec2docker.jenkins.step.ProvisionStep";

    private static final Map<String, JenkinsRule.WebClient> CLIENTS = new LinkedHashMap<>();

    private static JenkinsRule jenkins;
    private static final List<Job<?, ?>> JOBS = new ArrayList<>();

    @BeforeAll
    static void three_jobs_in_a_folder(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Runs.addCredentials();
        Ec2DockerConfiguration.get().setAwsEndpoint("http://127.0.0.1:9");
        MockFolder folder = jenkins.createFolder("team");
        FreeStyleProject freestyle = folder.createProject(FreeStyleProject.class, "free");
        jenkins.buildAndAssertSuccess(freestyle);
        WorkflowJob pipeline = folder.createProject(WorkflowJob.class, "pipe");
        pipeline.setDefinition(new CpsFlowDefinition("echo 'hello'", true));
        jenkins.buildAndAssertSuccess(pipeline);
        WorkflowMultiBranchProject branches = folder.createProject(WorkflowMultiBranchProject.class, "branches");
        branches.getSourcesList().add(new BranchSource(new SingleSCMSource(
                "main", new SingleFileSCM("Jenkinsfile", "echo 'hello'".getBytes(StandardCharsets.UTF_8)))));
        branches.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivity();
        JOBS.addAll(List.of(freestyle, pipeline, branches.getItem("main")));
        for (Job<?, ?> job : JOBS) {
            deploy(job);
        }
        JobDeployments.of("team/gone").save(StoredDeployments.changed("web", "web-00000001", Instant.now()));
        JobDeployments.of("team/gone").states("web").add("run-1", STATE);
        JobDeployments.remember("team/gone", "web", new LastRunContext(Runs.CREDENTIALS, new AgentDirectory("", "/nowhere/a/b")));
        // What waits for an executor stays in the queue.
        jenkins.jenkins.setNumExecutors(0);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
    }

    @BeforeEach
    void everybody_has_his_permissions_everywhere() {
        MockAuthorizationStrategy strategy = new MockAuthorizationStrategy();
        USERS.forEach((user, permissions) -> strategy.grant(permissions.toArray(new Permission[0])).everywhere().to(user));
        jenkins.jenkins.setAuthorizationStrategy(strategy);
    }

    @TestFactory
    Stream<DynamicTest> jobs_answer_those_who_may_and_no_one_else() {
        return rows(OF_JOBS).flatMap(row -> JOBS.stream().map(job -> row.in(job).test()));
    }

    @TestFactory
    Stream<DynamicTest> jenkins_answers_those_who_may_and_no_one_else() {
        return rows(OF_JENKINS).map(row -> row.in(null).test());
    }

    @TestFactory
    Stream<DynamicTest> nothing_is_changed_by_get() {
        return Stream.concat(rows(OF_JOBS).map(row -> row.in(JOBS.get(0))), rows(OF_JENKINS).map(row -> row.in(null)))
                .filter(row -> row.method() == HttpMethod.POST)
                .map(row -> DynamicTest.dynamicTest(row.path(),
                        () -> assertThat(ask("admin", HttpMethod.GET, row.path()).getStatusCode()).isIn(404, 405)));
    }

    @Test
    void one_job_that_may_only_be_discovered_leaves_the_list_of_all_to_those_who_may_read_the_others() throws Exception {
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ).everywhere().to("read")
                .grant(Item.READ).onItems((Item) JOBS.get(0).getParent(), JOBS.get(1)).to("read")
                .grant(Item.DISCOVER).onItems(JOBS.get(0)).to("read"));

        WebResponse list = ask("read", HttpMethod.GET, "ec2-docker/api/json");

        assertThat(list.getStatusCode()).isEqualTo(200);
        assertThat(list.getContentAsString()).contains("\"team/pipe\"", "\"team/gone\"")
                .doesNotContain("\"team/free\"", "\"team/branches/main\"");
        assertThat(ask("read", HttpMethod.GET, "ec2-docker/").getContentAsString()).contains("team/pipe").doesNotContain("team/free");
    }

    @Test
    void what_waits_in_the_queue_is_hidden_from_those_who_may_not_see_its_job() throws Exception {
        post("admin", "job/team/job/free/ec2-docker/deployment/web/destroy");
        post("admin", "ec2-docker/deployment/web-00000001/destroy");
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER).everywhere().to("admin")
                .grant(Jenkins.READ).everywhere().to("read")
                .grant(Item.READ, Item.CANCEL).onRoot().to("read"));

        assertThat(ask("admin", HttpMethod.GET, "queue/api/json").getContentAsString()).contains("web of team/free", "web of team/gone");
        assertThat(ask("read", HttpMethod.GET, "queue/api/json").getContentAsString()).doesNotContain("team/free", "team/gone");
        long id = Arrays.stream(jenkins.jenkins.getQueue().getItems())
                .filter(item -> item.task.getDisplayName().endsWith("web of team/free")).findFirst().orElseThrow().getId();
        post("read", "queue/cancelItem?id=" + id);
        assertThat(jenkins.jenkins.getQueue().getItem(id).getFuture().isCancelled()).isFalse();
    }

    /** One line of a table. */
    private record Row(HttpMethod method, String path, List<Integer> answers) {

        Row in(Job<?, ?> job) {
            String url = job == null ? "" : job.getUrl();
            String inJob = path.replace("JOB/", url).replace("BUILD/", url + "1/").replace("FORM/", url + FORM + "/");
            return new Row(method, inJob, answers);
        }

        DynamicTest test() {
            return DynamicTest.dynamicTest(method + " " + path, () -> {
                Map<String, Integer> expected = new LinkedHashMap<>();
                Map<String, Integer> given = new LinkedHashMap<>();
                int column = 0;
                for (String user : USERS.keySet()) {
                    expected.put(user, answers.get(column++));
                    int status = ask(user, method, path).getStatusCode();
                    // What was done leads back to the page.
                    given.put(user, status == 302 ? 200 : status);
                }
                assertThat(given).isEqualTo(expected);
            });
        }
    }

    private static Stream<Row> rows(String table) {
        return table.lines().skip(1).map(line -> {
            String[] cells = line.split("\\|");
            String[] request = cells[1].strip().split(" +");
            List<Integer> answers = Stream.of(cells[2].strip().split(" +")).map(Integer::parseInt).toList();
            assertThat(answers).hasSameSizeAs(USERS.keySet());
            return new Row(HttpMethod.valueOf(request[0]), request[1], answers);
        });
    }

    private static WebResponse post(String user, String path) throws Exception {
        return ask(user, HttpMethod.POST, path);
    }

    private static WebResponse ask(String user, HttpMethod method, String path) throws Exception {
        JenkinsRule.WebClient client = client(user);
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), path), method);
        return client.loadWebResponse(method == HttpMethod.POST ? client.addCrumb(request) : request);
    }

    private static JenkinsRule.WebClient client(String user) throws Exception {
        JenkinsRule.WebClient client = CLIENTS.get(user);
        if (client == null) {
            client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false).withJavaScriptEnabled(false);
            client.getOptions().setPrintContentOnFailingStatusCode(false);
            client.withBasicCredentials(user);
            client.getOptions().setRedirectEnabled(false);
            CLIENTS.put(user, client);
        }
        return client;
    }

    private static final byte[] STATE =
            "{\"version\": 4, \"serial\": 1, \"lineage\": \"x\", \"resources\": []}".getBytes(StandardCharsets.UTF_8);

    /** As two good runs leave it; the first is that of the job's first build. */
    private static void deploy(Job<?, ?> job) throws Exception {
        DeploymentStore store = JobDeployments.of(job);
        store.save(StoredDeployments.changed("web", "web-3f9a1c20", Instant.now()));
        store.states("web").add("run-1", STATE);
        for (String run : List.of("run-1", "run-3")) {
            store.saveInputs("web", run, StoredRequest.of(RequestParser.parse(Runs.request("web")).orElseThrow()),
                    new WorkspaceFiles(Map.of(WorkspaceFiles.USERS, new byte[0])));
        }
        JobDeployments.remember(job.getFullName(), "web", new LastRunContext(Runs.CREDENTIALS, new AgentDirectory("", "/nowhere/a/b")));
        Run<?, ?> build = job.getBuildByNumber(1);
        RunRecorder.record(build, Views.succeeded("run-1", "web"));
        Path log = BuildRunFiles.of(build, "run-1").log();
        Files.createDirectories(log.getParent());
        Files.writeString(log, "2026-11-21T04:00:00Z info Preparing\n");
    }
}
