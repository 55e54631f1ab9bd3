package io.jenkins.plugins.ec2docker.upkeep.drift;

import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.terraform.documents.DriftedAttribute;
import java.util.List;

/** What a drift check found. */
public record DriftReport(Deployment deployment, List<DriftedAttribute> drifts) {

    public DriftReport {
        drifts = List.copyOf(drifts);
    }

    public boolean drifted() {
        return !drifts.isEmpty();
    }

    /** What was found and the way out. */
    public String message() {
        return drifted()
                ? "Deployment \"" + deployment.name() + "\" differs from what was applied in " + drifts.size()
                        + (drifts.size() == 1 ? " place" : " places")
                        + ". Provision it again with the request of run " + deployment.appliedRun()
                        + " to bring back what it manages; what others"
                        + " added (recorded as " + DriftedAttribute.NOTHING + " above) may have to be removed by hand."
                : "Deployment \"" + deployment.name() + "\" is as it was applied.";
    }
}
