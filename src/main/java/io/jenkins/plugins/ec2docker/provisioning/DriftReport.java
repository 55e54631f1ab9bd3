package io.jenkins.plugins.ec2docker.provisioning;

import io.jenkins.plugins.ec2docker.terraform.Drift;
import java.util.List;

/** What a drift check found. */
public record DriftReport(Deployment deployment, List<Drift> drifts) {

    public DriftReport {
        drifts = List.copyOf(drifts);
    }

    public boolean drifted() {
        return !drifts.isEmpty();
    }

    /** What was found and the way out. */
    public String message() {
        return drifted()
                ? "Deployment \"" + deployment.name() + "\" differs from what was applied in " + drifts.size() + (drifts.size() == 1 ? " place" : " places")
                        + ". Provision it again with the request of run " + deployment.appliedRun() + " to bring back what it manages; what others"
                        + " added (recorded as " + Drift.NOTHING + " above) may have to be removed by hand."
                : "Deployment \"" + deployment.name() + "\" is as it was applied.";
    }
}
