package io.jenkins.plugins.ec2docker.jenkins.mail;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.ec2docker.jenkins.store.RunSnapshot;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;

/**
 * What a mail tells of a run.
 *
 * @param outputs those of the deployment that people look for, by name, in a fixed order; empty unless it is there as asked for
 * @param expires when the deployment may be destroyed, or null
 */
record EndedRun(
        Purpose purpose, RunResult result, Origin origin, String deployment, String region, Map<String, String> outputs,
        @CheckForNull Instant expires) {

    /**
     * Where a run was started from.
     *
     * @param job as people know it
     * @param build its number; 0 for none
     * @param by who asked for the run
     * @param link to the build's page; null where the build is gone or Jenkins does not know its own address
     */
    record Origin(String job, int build, String by, @CheckForNull String link) {}

    private static final List<String> TOLD = List.of("url", "public_dns", "public_ip", "private_ip", "instance_id");

    static EndedRun of(RunSnapshot view, @CheckForNull Run<?, ?> build, RunReport report) {
        Deployment deployment = report.deployment();
        boolean there = report.run().purpose().provisions() && report.result().succeeded();
        return new EndedRun(
                report.run().purpose(),
                report.result(),
                new Origin(build == null ? view.job() : build.getParent().getFullDisplayName(), view.build(), view.by(), link(build)),
                deployment.name(),
                deployment.region(),
                there ? told(deployment.outputs()) : Map.of(),
                deployment.isGone() ? null : deployment.expires());
    }

    private static Map<String, String> told(Map<String, JsonNode> outputs) {
        Map<String, String> told = new LinkedHashMap<>();
        for (String name : TOLD) {
            JsonNode value = outputs.get(name);
            if (value != null && value.isTextual() && !value.textValue().isBlank()) {
                told.put(name, value.textValue());
            }
        }
        return told;
    }

    @CheckForNull
    private static String link(@CheckForNull Run<?, ?> build) {
        String root = Jenkins.get().getRootUrl();
        return build == null || root == null ? null : root + build.getUrl();
    }
}
