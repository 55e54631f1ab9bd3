package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
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
    @CheckForNull
    public String getRunId() {
        return mayRead() ? facts().runId : null;
    }

    @Exported
    @CheckForNull
    public String getPurpose() {
        return mayRead() ? facts().purpose : null;
    }

    @Exported(name = "status")
    @CheckForNull
    public String getStatusText() {
        return mayRead() ? glance().getStatus().getText() : null;
    }

    @Exported
    public boolean isRunning() {
        return mayRead() && glance().isRunning();
    }

    @Exported
    @CheckForNull
    public String getMessage() {
        return mayRead() ? glance().getMessage() : null;
    }

    @Exported
    @CheckForNull
    public String getDeployment() {
        return mayRead() ? facts().deployment : null;
    }

    @Exported
    @CheckForNull
    public String getDeploymentId() {
        return mayRead() ? glance().getDeploymentId() : null;
    }

    @Exported
    @CheckForNull
    public String getRegion() {
        return mayRead() ? facts().region : null;
    }

    @Exported
    @CheckForNull
    public String getInstanceType() {
        return mayRead() ? facts().instanceType : null;
    }

    @Exported
    @CheckForNull
    public List<String> getImages() {
        return mayRead() ? facts().images : null;
    }

    @Exported
    @CheckForNull
    public String getRequester() {
        return mayRead() ? facts().requester : null;
    }

    /** RFC 3339, as the other times; null for none. */
    @Exported
    @CheckForNull
    public String getRequested() {
        return mayRead() ? glance().getRequestedIso() : null;
    }

    @Exported
    @CheckForNull
    public String getExpires() {
        return mayRead() ? glance().getExpiryIso() : null;
    }

    @Exported
    @CheckForNull
    public Map<String, String> getOutputs() {
        return mayRead() ? glance().outputs() : null;
    }

    @Exported
    @CheckForNull
    public List<StageRow> getStages() {
        return mayRead() ? glance().getStages() : null;
    }

    @Exported
    @CheckForNull
    public ProgressView getProgress() {
        return mayRead() ? glance().getProgress() : null;
    }

    @Exported
    @CheckForNull
    public PlanView getPlan() {
        return mayRead() ? glance().getPlan() : null;
    }
}
