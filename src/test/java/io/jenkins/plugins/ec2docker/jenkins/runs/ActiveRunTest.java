package io.jenkins.plugins.ec2docker.jenkins.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import hudson.model.Executor;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Label;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.queue.QueueTaskFuture;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.ec2docker.jenkins.OneJenkins;
import io.jenkins.plugins.ec2docker.jenkins.Sentinels;
import io.jenkins.plugins.ec2docker.jenkins.SharedJenkins;
import io.jenkins.plugins.ec2docker.jenkins.config.UpkeepConfiguration;
import io.jenkins.plugins.ec2docker.jenkins.controller.PluginDirectory;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.jenkins.store.BuildRunFiles;
import io.jenkins.plugins.ec2docker.jenkins.store.DriftRecord;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.jenkins.store.RunSnapshot;
import io.jenkins.plugins.ec2docker.jenkins.upkeep.DriftCheckWork;
import io.jenkins.plugins.ec2docker.jenkins.upkeep.ExpiryWork;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import io.jenkins.plugins.ec2docker.run.model.Stage;
import io.jenkins.plugins.ec2docker.run.model.StageTime;
import io.jenkins.plugins.ec2docker.terraform.documents.StateReader;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.io.ByteArrayInputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import jenkins.model.CauseOfInterruption;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import software.amazon.awssdk.services.ec2.model.Instance;

/** Runs on an agent that is a process of its own, with real Terraform and the real AWS provider. */
@OneJenkins
class ActiveRunTest {

    private final Moto aws = Moto.shared();
    private final Console console = new Console();
    private final Sentinels secrets = new Sentinels(Runs.SECRET_KEY, Runs.SECRET_VALUE, Runs.SECRET_USER);

    private static JenkinsRule jenkins;
    private static DumbSlave agent;

    private FreeStyleBuild build;

    @TestExtension
    public static final class OnMoto implements SystemSettings {
        @Override
        public Map<String, String> environment() {
            return Map.of("AWS_ENDPOINT_URL", Moto.shared().endpoint().toString());
        }

        @Override
        public String terraform() {
            return terraform;
        }

        @Override
        public int maxRetries() {
            return 2;
        }

        @Override
        public int concurrentRuns() {
            return concurrentRuns;
        }
    }

    private static final BlockingQueue<RunHandle> STARTED = new LinkedBlockingQueue<>();

    @TestExtension
    public static final class Started implements RunEventListener {
        @Override
        public void started(RunHandle run, hudson.model.Run<?, ?> build) {
            STARTED.add(run);
        }
    }

    /** What administrators allow; no limit. */
    private static int concurrentRuns;
    /** Null to look for it. */
    private static String terraform;

    @BeforeAll
    static void one_jenkins_for_all(JenkinsRule rule) {
        jenkins = rule;
        agent = null;
    }

    @AfterEach
    void empty_for_the_next() throws Exception {
        SharedJenkins.empty();
        UpkeepConfiguration.get().setExpiryLabel(null);
    }

    @BeforeEach
    void start() throws Exception {
        aws.reset();
        concurrentRuns = 0;
        terraform = null;
        Runs.addCredentials();
        if (agent == null || jenkins.jenkins.getNode(agent.getNodeName()) == null) {
            agent = jenkins.createOnlineSlave();
        }
        FreeStyleProject project = jenkins.createFreeStyleProject("shop");
        project.setAssignedNode(agent);
        build = jenkins.buildAndAssertSuccess(project);
    }

    @Test
    void a_deployment_comes_is_seen_and_goes_and_no_secret_is_left_anywhere() throws Exception {
        RunHandle run = Runs.start(Runs.provision(Runs.request("web")), build, console);
        console.await("aws_instance.this: creating");
        assertThat(Sentinels.givenToProviders(aws, "AWS_SECRET_ACCESS_KEY")).containsExactly(Runs.SECRET_KEY);
        assertThat(secrets.inArguments()).isEmpty();
        RunReport report = Runs.end(run);

        assertThat(report.result()).as(console.text()).isEqualTo(new RunResult(RunResult.Status.SUCCEEDED, "Provisioned.", true));
        assertThat(report.stages()).extracting(StageTime::stage)
                .containsExactly(Stage.PREPARE, Stage.INIT, Stage.VALIDATE, Stage.PLAN, Stage.REVIEW, Stage.APPLY, Stage.VERIFY);
        Instance instance = Runs.instances(aws).get(0);
        assertThat(report.deployment().outputs().get("instance_id").asText()).isEqualTo(instance.instanceId());
        assertThat(report.deployment().outputs().get("public_ip").asText()).isEqualTo(instance.publicIpAddress());
        assertThat(console.text()).contains("[apply] done in ", "aws_instance.this: created in ", "Provisioned.");

        BuildRunFiles records = BuildRunFiles.of(build, run.id());
        RunSnapshot view = records.view().orElseThrow();
        assertThat(view.isOver()).isTrue();
        assertThat(view.plan().add()).isGreaterThan(5);
        assertThat(view.progress().done()).as(console.text() + view.progress()).isEqualTo(view.progress().total());
        assertThat(Console.plain(Files.readString(records.log()))).contains(" info ").contains("aws_instance.this: created");
        assertThat(records.request().orElseThrow()).containsEntry("name", "web");
        assertThat(records.request().orElseThrow().toString()).contains("TOKEN=****");
        assertThat(ActiveRuns.get().all()).isEmpty();
        assertThat(Runs.end(ActiveRuns.get().find(build, run.id()).orElseThrow()).deployment()).isEqualTo(report.deployment());
        assertThat(secrets.under(jenkins.jenkins.getRootDir().toPath())).isEmpty();

        RunReport gone = Runs.end(Runs.start(RunOrder.destroy("web", null), build, console));

        assertThat(gone.result().message()).isEqualTo("Destroyed; nothing is left in AWS.");
        assertThat(Runs.instances(aws)).isEmpty();
        assertThat(aws.iam().listRoles(r -> r.pathPrefix("/ec2-docker/")).roles()).isEmpty();
        assertThat(secrets.in(console.text())).isEmpty();
        assertThat(secrets.under(Path.of(agent.getRemoteFS()))).isEmpty();
        assertThat(Runs.start(RunOrder.destroy("web", null), build, console).view().result().message())
                .isEqualTo("Deployment \"web\" has nothing in AWS; nothing was done.");
    }

    @Test
    void other_images_are_redeployed_on_the_instance_that_serves() throws Exception {
        Map<String, Object> request = with("onImageChange", "redeploy");
        RunReport first = Runs.end(Runs.start(Runs.provision(request), build, console));
        request.put("containers", List.of(Map.of(
                "image", "nginx:1.28", "ports", List.of("80:80"), "environment", Map.of("TOKEN", Runs.SECRET_VALUE))));

        RunReport update = Runs.end(Runs.start(Runs.provision(request), build, console));

        assertThat(update.result().message()).as(console.text())
                .isEqualTo("Redeployed: the containers run their images on the instance that served before.");
        assertThat(update.stages()).extracting(StageTime::stage)
                .containsExactly(Stage.PREPARE, Stage.INIT, Stage.VALIDATE, Stage.PLAN, Stage.REVIEW, Stage.REDEPLOY, Stage.VERIFY);
        assertThat(Runs.instances(aws)).singleElement()
                .satisfies(instance -> assertThat(first.deployment().outputs().get("instance_id").asText())
                        .isEqualTo(instance.instanceId()));
        assertThat(console.text()).contains("Redeploying instance ", " with container nginx (nginx:1.28).", "ec2-docker: ready (run ");
        assertThat(Runs.launches(aws)).isOne();
    }

    @Test
    void an_abort_in_the_midst_of_an_apply_leaves_nothing_that_no_state_knows() throws Exception {
        RunHandle kept = Runs.start(Runs.provision(with("onFailure", "keep")), build, console);
        console.await("aws_instance.this: creating");
        kept.interrupt("Aborted by alice.");
        RunReport report = Runs.end(kept);

        assertThat(report.result().status()).as(console.text()).isEqualTo(RunResult.Status.INTERRUPTED);
        assertThat(report.deployment().status()).isEqualTo(Deployment.Status.INCOMPLETE);
        List<Instance> left = Runs.instances(aws);
        var states = JobDeployments.of(build.getParent()).states("web");
        byte[] state = states.read(states.latest().orElseThrow());
        assertThat(left).allSatisfy(instance -> assertThat(new String(state, StandardCharsets.UTF_8)).contains(instance.instanceId()));
        assertThat(StateReader.read(new ByteArrayInputStream(state))).isInstanceOf(StateReader.Reading.State.class);
        assertThat(Runs.end(Runs.start(RunOrder.destroy("web", null), build, console)).result().succeeded()).isTrue();
        assertThat(Runs.instances(aws)).isEmpty();
    }

    @Test
    void what_is_made_by_a_call_that_an_abort_cut_off_is_removed() throws Exception {
        aws.hold("RunInstances");
        RunHandle run = Runs.start(Runs.provision(Runs.request("web")), build, console);
        aws.awaitHeld("RunInstances");
        run.interrupt("Aborted by alice.");
        console.await("Looking for what AWS created but Terraform could not save");
        aws.release("RunInstances");
        RunReport report = Runs.end(run);

        assertThat(report.result().message()).isEqualTo("The run was interrupted. What had been created was destroyed again.");
        assertThat(report.stages()).extracting(StageTime::stage).contains(Stage.RECLAIM);
        assertThat(console.text()).contains("Removed instance i-");
        assertThat(Runs.launches(aws)).isEqualTo(1);
        assertThat(Runs.instances(aws)).isEmpty();
    }

    @Test
    void an_agent_that_goes_away_and_comes_back_costs_nothing() throws Exception {
        RunHandle run = Runs.start(Runs.provision(Runs.request("web")), build, console);
        console.await("aws_instance.this: creating");
        agent.toComputer().disconnect(new OfflineCause.ByCLI("cut by a test")).get();
        console.await("cannot be reached");
        assertThat(run.view().agentAway()).isNotNull();
        agent.toComputer().connect(true).get();
        RunReport report = Runs.end(run);

        assertThat(report.result().succeeded()).as(console.text()).isTrue();
        assertThat(console.text()).contains("is back.").containsOnlyOnce("cannot be reached");
        assertThat(console.text()).containsOnlyOnce("aws_instance.this: created in ");
        assertThat(Runs.launches(aws)).isEqualTo(1);
    }

    @Test
    void a_disk_that_takes_no_state_for_a_while_ends_no_run_whose_terraform_is_at_work() throws Exception {
        aws.hold("RunInstances");
        RunHandle run = Runs.start(Runs.provision(Runs.request("web")), build, console);
        aws.awaitHeld("RunInstances");
        Path states = JobDeployments.of("shop").states("web").list().get(0).file().getParent();
        Path aside = states.resolveSibling("aside");
        Files.move(states, aside);
        Files.createFile(states);
        aws.release("RunInstances");
        console.await("cannot be seen, and is looked at again");
        Files.delete(states);
        Files.move(aside, states);

        assertThat(Runs.end(run).result()).as(console.text()).isEqualTo(new RunResult(RunResult.Status.SUCCEEDED, "Provisioned.", true));
        assertThat(JobDeployments.of("shop").latestState(JobDeployments.of("shop").find("web").orElseThrow()))
                .asString(StandardCharsets.UTF_8)
                .contains(Runs.instances(aws).get(0).instanceId());
    }

    @Test
    void runs_of_one_deployment_wait_for_each_other_in_order_and_find_it_as_the_one_before_left_it() throws Exception {
        Console second = new Console();
        Console third = new Console();
        Console fourth = new Console();
        RunHandle making = Runs.start(Runs.provision(Runs.request("web")), build, console);
        RunHandle again = Runs.start(Runs.provision(Runs.request("web")), build, second);
        RunHandle abandoned = Runs.start(Runs.provision(with("instanceType", "t3.large")), build, third);
        RunHandle removing = Runs.start(RunOrder.destroy("web", null), build, fourth);
        abandoned.interrupt("Aborted by alice.");

        assertThat(Runs.end(abandoned).result()).isEqualTo(new RunResult(
                RunResult.Status.INTERRUPTED, "The run was interrupted while it waited. Nothing was changed in AWS.", false));
        assertThat(Runs.end(making).result().message()).as(console.text()).isEqualTo("Provisioned.");
        assertThat(Runs.end(again).result().message()).as(second.text()).isEqualTo("Nothing to change.");
        assertThat(Runs.end(removing).result().message()).as(fourth.text()).isEqualTo("Destroyed; nothing is left in AWS.");
        assertThat(second.text())
                .contains("Waiting for its turn: deployment \"web\" is worked on by run " + making.id() + " (provision) of ");
        assertThat(Runs.launches(aws)).isEqualTo(1);
        assertThat(Runs.instances(aws)).isEmpty();
        assertThat(JobDeployments.of(build.getParent()).find("web").orElseThrow().runs()).extracting(each -> each.id())
                .containsExactly(making.id(), again.id(), removing.id());
    }

    @Test
    void no_more_runs_work_at_once_than_administrators_allow() throws Exception {
        concurrentRuns = 1;
        Console second = new Console();
        RunHandle first = Runs.start(RunOrder.plan(Runs.request("web"), null, null, Runs.CREDENTIALS), build, console);
        RunHandle waiting = Runs.start(RunOrder.plan(Runs.request("other"), null, null, Runs.CREDENTIALS), build, second);

        assertThat(second.text()).contains("Waiting for its turn: as many runs are under way as administrators allow at once, 1.");
        assertThat(waiting.view().stages()).isEmpty();
        assertThat(Runs.end(first).result().succeeded()).as(console.text()).isTrue();
        assertThat(Runs.end(waiting).result().succeeded()).as(second.text()).isTrue();
        assertThat(waiting.view().run().actions().get(0).started()).isAfterOrEqualTo(first.view().ended());
    }

    @Test
    void what_has_come_to_its_end_is_destroyed_by_a_run_of_its_own() throws Exception {
        RunReport made = Runs.end(Runs.start(Runs.provision(with("expiresAfter", "10m")), build, console));
        Instant end = made.deployment().expires();
        ExpiryWork expiration = new ExpiryWork();
        assertThat(expiration.destroyWhatIsOver(end.minusSeconds(1))).isEmpty();
        // It is looked at again when there is an executor: the end has to have come by the clock, too.
        JobDeployments.of("shop").save(StoredDeployment.ending(made.deployment(), Instant.now()));

        List<QueueTaskFuture<Queue.Executable>> queued = expiration.destroyWhatIsOver(Instant.now());
        assertThat(queued).hasSize(1);
        assertThat(expiration.destroyWhatIsOver(Instant.now())).isEmpty();

        queued.get(0).get(3, TimeUnit.MINUTES);
        RunSummary destruction = JobDeployments.of("shop").find("web").orElseThrow().lastRun().orElseThrow();
        assertThat(destruction.message()).isEqualTo("Destroyed; nothing is left in AWS.");
        assertThat(BuildRunFiles.of(build, destruction.id()).view().orElseThrow().expires()).as("what is gone has no end to come").isNull();
        assertThat(Runs.instances(aws)).isEmpty();
        assertThat(Files.readString(BuildRunFiles.of(build, destruction.id()).log())).contains("aws_instance.this",
                "Destroyed; nothing is left in AWS.");
        assertThat(JobDeployments.of(build.getParent()).find("web").orElseThrow().lastRun().orElseThrow().by())
                .isEqualTo("expiry (" + build.getFullDisplayName() + ")");
        assertThat(expiration.destroyWhatIsOver(end.plusSeconds(60))).isEmpty();
    }

    @Test
    void what_a_deleted_job_has_in_aws_comes_to_its_end_on_the_administrators_agents_and_its_log_is_kept() throws Exception {
        RunReport made = Runs.end(Runs.start(Runs.provision(with("expiresAfter", "10m")), build, console));
        build.getParent().delete();
        UpkeepConfiguration.get().setExpiryLabel("janitor");
        DumbSlave janitor = jenkins.createOnlineSlave(Label.get("janitor"));
        jenkins.jenkins.removeNode(agent);
        // The last thing to do: Jenkins' own look at ends may come at any moment, too.
        JobDeployments.of("shop").save(StoredDeployment.ending(made.deployment(), Instant.now()));

        new ExpiryWork().destroyWhatIsOver(Instant.now()).get(0).get(3, TimeUnit.MINUTES);

        RunSummary destruction = JobDeployments.of("shop").find("web").orElseThrow().lastRun().orElseThrow();
        assertThat(destruction.message()).isEqualTo("Destroyed; nothing is left in AWS.");
        assertThat(destruction.by()).isEqualTo("expiry (shop)");
        assertThat(Runs.instances(aws)).isEmpty();
        assertThat(JobDeployments.origin("shop", "web").orElseThrow().agent().node()).isEqualTo(janitor.getNodeName());
        assertThat(Files.readString(BuildRunFiles.withoutBuild("shop", destruction.id()).log()))
                .contains("Destroyed; nothing is left in AWS.");
        String page = "ec2-docker/deployment/" + made.deployment().id() + "/";
        assertThat(jenkins.createWebClient().withJavaScriptEnabled(false).goTo(page).asNormalizedText()).contains("shop (deleted)",
                destruction.id() + " Log");
        assertThat(jenkins.createWebClient().withJavaScriptEnabled(false).goTo(page + "log?run=" + destruction.id(), "text/plain")
                .getWebResponse().getContentAsString())
                .contains("Destroyed; nothing is left in AWS.");
    }

    @Test
    void a_run_from_a_page_holds_an_executor_is_stopped_like_a_build_and_needs_no_agent_of_former_runs() throws Exception {
        Runs.end(Runs.start(Runs.provision(Runs.request("web")), build, console));
        JenkinsRule.WebClient client = jenkins.createWebClient();
        STARTED.clear();
        URL destroy = new URL(jenkins.getURL(), "job/shop/ec2-docker/deployment/web/destroy");

        client.getPage(client.addCrumb(new WebRequest(destroy, HttpMethod.POST)));
        RunHandle first = STARTED.poll(1, TimeUnit.MINUTES);
        Executor executor = agent.toComputer().getExecutors().stream().filter(Executor::isBusy).findFirst().orElseThrow();
        assertThat(executor.getCurrentExecutable().getParent().getDisplayName()).isEqualTo("Destruction of EC2 deployment web of shop");
        executor.interrupt(Result.ABORTED, new CauseOfInterruption.UserInterruption("alice"));

        assertThat(Runs.end(first).result().status()).isEqualTo(RunResult.Status.INTERRUPTED);
        assertThat(Files.readString(BuildRunFiles.of(build, first.id()).log())).contains("alice");
        jenkins.waitUntilNoActivity();

        jenkins.jenkins.removeNode(agent);
        client.getPage(client.addCrumb(new WebRequest(new URL(destroy, "drift"), HttpMethod.POST)));
        while (DriftCheckWork.get().asked("shop", "web").isPresent()) {
            jenkins.waitUntilNoActivity();
        }
        assertThat(DriftRecord.find("shop", "web").orElseThrow().problem()).isNull();
        client.getPage(client.addCrumb(new WebRequest(destroy, HttpMethod.POST)));
        jenkins.waitUntilNoActivityUpTo(180_000);

        assertThat(JobDeployments.of("shop").find("web").orElseThrow().lastRun().orElseThrow().message())
                .isEqualTo("Destroyed; nothing is left in AWS.");
        assertThat(Runs.instances(aws)).isEmpty();
    }

    @Test
    void all_that_is_wrong_is_told_at_once_and_nothing_is_made() {
        RunOrder order = RunOrder.provision(Map.of("name", "Web", "instanceType", "t3.small"), "missing.csv", null, "nobody-has-this");

        assertThatThrownBy(() -> Runs.start(order, build, console))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("region")
                .hasMessageContaining("name \"Web\"")
                .hasMessageContaining("users \"missing.csv\"")
                .hasMessageContaining("credentialsId \"nobody-has-this\": job shop has no AWS credentials of that id");
        assertThat(PluginDirectory.path().resolve("deployments")).doesNotExist();
        assertThat(PluginDirectory.path().resolve("live")).doesNotExist();
    }

    @Test
    void an_agent_without_terraform_is_refused_in_a_sentence_before_anything_is_made() {
        terraform = "/nowhere/terraform";

        assertThatThrownBy(() -> Runs.start(Runs.provision(Runs.request("web")), build, console))
                .isInstanceOf(AbortException.class)
                .hasMessageStartingWith("Terraform cannot work on agent \"" + agent.getNodeName() + "\": The Terraform setting points to "
                        + "/nowhere/terraform, which does not exist.");
        assertThat(PluginDirectory.path().resolve("live")).doesNotExist();
    }

    private static Map<String, Object> with(String field, Object value) {
        Map<String, Object> request = Runs.request("web");
        request.put(field, value);
        return request;
    }
}
