package io.jenkins.plugins.ec2docker.jenkins.upkeep;

import io.jenkins.plugins.ec2docker.jenkins.store.AllDeployments;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An account and a region in which a job has deployed something, and the deployment with whose credentials they can be asked.
 *
 * @param by the one that was worked on last there
 */
record SweepTarget(String job, String account, String region, Deployment by) {

    /** One for each place of each job, of destroyed deployments too: what they left is what is looked for. */
    static List<SweepTarget> of(List<AllDeployments.Entry> entries) {
        Map<String, SweepTarget> targets = new TreeMap<>();
        for (AllDeployments.Entry entry : entries) {
            Deployment deployment = entry.deployment();
            String account = deployment.account();
            if (account != null && deployment.appliedRun() != null) {
                SweepTarget target = new SweepTarget(entry.job(), account, deployment.region(), deployment);
                targets.merge(target.place() + "\n" + target.job(), target, SweepTarget::later);
            }
        }
        return List.copyOf(targets.values());
    }

    /** What all jobs that deploy there have in common. */
    String place() {
        return account + "\n" + region;
    }

    private static SweepTarget later(SweepTarget a, SweepTarget b) {
        return Comparator.comparing((SweepTarget each) -> each.by().updated()).compare(a, b) >= 0 ? a : b;
    }
}
