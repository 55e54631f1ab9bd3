package io.jenkins.plugins.ec2docker.run.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/** Finds, in a deployment's history, the run whose request it is to be brought back to. Pure. */
public final class RollbackTarget {

    private RollbackTarget() {}

    /**
     * @param runId the run to go back to, or null for the last good one that was given something else than what is there now
     * @throws IllegalArgumentException if there is no such run, or none that one can come back to; its message is a sentence for people
     */
    public static RunSummary target(Deployment deployment, @CheckForNull String runId) {
        if (deployment.isGone()) {
            throw new IllegalArgumentException("Deployment \"" + deployment.name()
                    + "\" has nothing in AWS, so there is nothing to roll back: provision it instead.");
        }
        return runId == null ? lastGood(deployment) : named(deployment, runId);
    }

    private static RunSummary named(Deployment deployment, String runId) {
        RunSummary run = deployment.run(runId)
                .orElseThrow(() -> new IllegalArgumentException("Deployment \"" + deployment.name() + "\" has no run \"" + runId
                        + "\": choose one of its history that is good."));
        if (!run.isGood()) {
            throw new IllegalArgumentException("Run " + runId + " of deployment \"" + deployment.name() + "\" cannot be rolled back to: "
                    + (run.purpose().provisions() ? "it did not succeed" : "its purpose was " + run.purpose().text())
                    + ". Choose one of its history that is good.");
        }
        return run;
    }

    private static RunSummary lastGood(Deployment deployment) {
        List<RunSummary> runs = deployment.runs();
        String present = deployment.run(deployment.appliedRun()).map(RunSummary::content).orElse(null);
        boolean before = false;
        for (int i = runs.size() - 1; i >= 0; i--) {
            RunSummary run = runs.get(i);
            String content = run.content();
            if (before && run.isGood() && content != null && !content.equals(present)) {
                return run;
            }
            before |= run.id().equals(deployment.appliedRun());
        }
        throw new IllegalArgumentException("Deployment \"" + deployment.name()
                + "\" has no earlier good run with another request than the present one: there is nothing to roll back to.");
    }
}
