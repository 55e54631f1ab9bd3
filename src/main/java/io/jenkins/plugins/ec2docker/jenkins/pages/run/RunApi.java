package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import hudson.model.Item;
import hudson.model.Run;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * A run as the REST API tells of it. Jenkins asks for each value alone, also in the midst of a whole build's or job's answer, so each looks for
 * itself whether the reader may have it, and none opens a file.
 */
@ExportedBean(defaultVisibility = 2)
public abstract class RunApi {

    abstract Run<?, ?> build();

    abstract StoredRunSummary facts();

    /** As it stands, without opening a file. */
    abstract RunPage glance();

    final boolean mayRead() {
        return build().getParent().hasPermission(Item.READ);
    }

    @Exported
    public String getRunId() {
        return mayRead() ? facts().runId : null;
    }

    @Exported
    public String getPurpose() {
        return mayRead() ? facts().purpose : null;
    }

    @Exported(name = "status")
    public String getStatusText() {
        return mayRead() ? glance().getStatus().getText() : null;
    }

    @Exported
    public boolean isRunning() {
        return mayRead() && glance().isRunning();
    }

    @Exported
    public String getMessage() {
        return mayRead() ? glance().getMessage() : null;
    }

    @Exported
    public String getDeployment() {
        return mayRead() ? facts().deployment : null;
    }

    @Exported
    public String getDeploymentId() {
        return mayRead() ? glance().getDeploymentId() : null;
    }

    @Exported
    public String getRegion() {
        return mayRead() ? facts().region : null;
    }

    @Exported
    public String getInstanceType() {
        return mayRead() ? facts().instanceType : null;
    }

    @Exported
    public List<String> getImages() {
        return mayRead() ? facts().images : null;
    }

    @Exported
    public String getRequester() {
        return mayRead() ? facts().requester : null;
    }

    /** RFC 3339, as the other times; null for none. */
    @Exported
    public String getRequested() {
        return mayRead() ? glance().getRequestedIso() : null;
    }

    @Exported
    public String getExpires() {
        return mayRead() ? glance().getExpiryIso() : null;
    }

    @Exported
    public Map<String, String> getOutputs() {
        return mayRead() ? glance().outputs() : null;
    }

    @Exported
    public List<StageRow> getStages() {
        return mayRead() ? glance().getStages() : null;
    }

    @Exported
    public ProgressView getProgress() {
        return mayRead() ? glance().getProgress() : null;
    }

    @Exported
    public PlanView getPlan() {
        return mayRead() ? glance().getPlan() : null;
    }
}
