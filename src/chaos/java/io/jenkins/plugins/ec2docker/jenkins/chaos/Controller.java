package io.jenkins.plugins.ec2docker.jenkins.chaos;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.ec2docker.chaos.Kept;
import io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerConfiguration;
import io.jenkins.plugins.ec2docker.jenkins.runs.ActiveRuns;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.run.store.StateVersions;
import io.jenkins.plugins.ec2docker.terraform.documents.StateReader;
import java.io.ByteArrayInputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** What is done and looked at within the controller's own process. */
final class Controller {

    static final String AGENT = "remote";
    private static final Duration LIMIT = Duration.ofMinutes(8);

    private Controller() {}

    /**
     * What the controller holds of a deployment.
     *
     * @param known ids that its latest state knows
     * @param serials of all versions, by lineage
     */
    record Held(HashSet<String> known, HashMap<String, HashSet<Long>> serials) implements Serializable {}

    /** @return the agent's directory */
    static String prepare(JenkinsRule jenkins, String endpoint, Integer executors) throws Exception {
        SystemCredentialsProvider store = SystemCredentialsProvider.getInstance();
        store.getCredentials()
                .add(new AWSCredentialsImpl(CredentialsScope.GLOBAL, "aws", "AKIAIOSFODNN7EXAMPLE", "secret-of-the-store", ""));
        store.save();
        Ec2DockerConfiguration.get().setAwsEndpoint(endpoint);
        Ec2DockerConfiguration.get().save();
        DumbSlave agent = (DumbSlave) jenkins.jenkins.getNode(AGENT);
        agent.setNumExecutors(executors);
        jenkins.jenkins.updateNode(agent);
        return agent.getRemoteFS();
    }

    /** Begins a build of each job, which is made where it is not there yet; the steps by job. */
    static void begin(JenkinsRule jenkins, HashMap<String, String> steps) throws Exception {
        for (Map.Entry<String, String> each : steps.entrySet()) {
            WorkflowJob job = jenkins.jenkins.getItemByFullName(each.getKey(), WorkflowJob.class);
            if (job == null) {
                job = jenkins.createProject(WorkflowJob.class, each.getKey());
            }
            job.setDefinition(new CpsFlowDefinition("node('" + AGENT + "') { " + each.getValue() + " }", true));
            job.scheduleBuild2(0).waitForStart();
        }
    }

    /** Waits until no build and no run is at work any more. @return the result of each job's last build */
    static HashMap<String, String> settle(JenkinsRule jenkins, ArrayList<String> jobs) throws Exception {
        Instant end = Instant.now().plus(LIMIT);
        HashMap<String, String> results = new HashMap<>();
        for (String name : jobs) {
            WorkflowRun build = jenkins.jenkins.getItemByFullName(name, WorkflowJob.class).getLastBuild();
            while ((build.isBuilding() || ActiveRuns.get().all().stream().anyMatch(run -> true)) && Instant.now().isBefore(end)) {
                TimeUnit.MILLISECONDS.sleep(200);
            }
            Result result = build.getResult();
            results.put(name, build.isBuilding() || result == null ? "still at work after " + LIMIT : result.toString());
        }
        return results;
    }

    static String log(JenkinsRule jenkins, String job) throws Exception {
        return JenkinsRule.getLog(jenkins.jenkins.getItemByFullName(job, WorkflowJob.class).getLastBuild());
    }

    static Held held(JenkinsRule jenkins, ArrayList<String> jobs, String deployment) throws Exception {
        Held held = new Held(new HashSet<>(), new HashMap<>());
        for (String job : jobs) {
            DeploymentStore store = JobDeployments.of(job);
            held.known().addAll(Kept.of(store, deployment, Path.of("no-workspace-here")).knownIds());
            StateVersions states = store.states(deployment);
            for (StateVersions.Version version : states.list()) {
                if (StateReader.read(new ByteArrayInputStream(states.read(version))) instanceof StateReader.Reading.State read) {
                    held.serials().computeIfAbsent(read.version().lineage(), none -> new HashSet<>()).add(read.version().serial());
                }
            }
        }
        return held;
    }

    /** Those of a list that a controller does not have. */
    static int lost(Held held, List<byte[]> states) throws Exception {
        int lost = 0;
        for (byte[] state : states) {
            if (StateReader.read(new ByteArrayInputStream(state)) instanceof StateReader.Reading.State read && !read.version().isEmpty()) {
                Set<Long> serials = held.serials().getOrDefault(read.version().lineage(), new HashSet<>());
                lost += serials.stream().anyMatch(known -> known >= read.version().serial()) ? 0 : 1;
            }
        }
        return lost;
    }
}
