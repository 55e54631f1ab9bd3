package io.jenkins.plugins.ec2docker.jenkins.runs;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.ec2docker.jenkins.agent.AgentDirectory;
import io.jenkins.plugins.ec2docker.jenkins.controller.JenkinsEncryption;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDirectories;
import io.jenkins.plugins.ec2docker.jenkins.store.LastRunContext;
import io.jenkins.plugins.ec2docker.platform.AtomicFile;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A deployment as a run leaves it on the controller, without a run. */
public final class StoredDeployment {

    public static final String RUN = "20260101-000000-0000000a";

    private StoredDeployment() {}

    public static Deployment save(String job, String name, Deployment.Status status, String more, Instant made, Instant expires)
            throws Exception {
        return save(job, name, status, more, made, expires, "i-none");
    }

    /**
     * @param more fields of its request, each with a comma before it
     * @param expires null for no end
     */
    public static Deployment save(
            String job, String name, Deployment.Status status, String more, Instant made, Instant expires, String instance)
            throws Exception {
        JobDirectories.get().make(job);
        DeploymentStore store = JobDeployments.of(job);
        RunSummary run = RunSummary.begin(RUN, Purpose.PROVISION, "alice", made).given("one")
                .end(new RunResult(RunResult.Status.SUCCEEDED, "Provisioned.", true), false, made);
        Deployment deployment = Deployment.begin(name, name + "-0000000a", "instance", Moto.REGION.id(), "alice", made).toBuilder()
                .account("123456789012").status(status).expires(expires).appliedRun(RUN).good(true)
                .outputs(Map.of(
                        "instance_id", new TextNode(instance), "public_ip", new TextNode("203.0.113.9"), "url",
                        new TextNode("http://203.0.113.9:80/")))
                .runs(List.of(run))
                .build();
        store.save(deployment);
        String request = "{\"name\": \"" + name + "\", \"region\": \"" + Moto.REGION.id()
                + "\", \"instanceType\": \"t3.small\", \"containers\": [{\"image\": \"nginx:1.27\"}]" + more + "}";
        AtomicFile.write(
                store.runDirectory(name, RUN).resolve("request.json"),
                new JenkinsEncryption().seal(request.getBytes(StandardCharsets.UTF_8)));
        JobDeployments.remember(job, name, new LastRunContext(Runs.CREDENTIALS, new AgentDirectory("", "/nowhere/ec2-docker/" + RUN)));
        return deployment;
    }

    /** The same with another end. */
    static Deployment ending(Deployment known, Instant end) {
        return known.toBuilder().expires(end).build();
    }
}
