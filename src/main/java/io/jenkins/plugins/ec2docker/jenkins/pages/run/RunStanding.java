package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import java.io.File;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** What has become of what a run made, by its deployment as that is kept now: the run's own records tell only how it ended. */
public final class RunStanding {

    private static final String INSTANCE = "instance_id";

    private final Run<?, ?> build;
    private final StoredRunSummary facts;
    private final boolean live;
    /** Null where it is not known. */
    @CheckForNull
    private final Deployment deployment;
    private final Instant now;

    /**
     * @param live whether the run is under way
     * @param deployment that has the name of the run's now; null where none has
     */
    RunStanding(Run<?, ?> build, StoredRunSummary facts, boolean live, @CheckForNull Deployment deployment, Instant now) {
        this.build = build;
        this.facts = facts;
        this.live = live;
        this.deployment = deployment;
        this.now = now;
    }

    /** Whether what this run made is destroyed, or its name stands for another deployment by now. */
    public boolean isGone() {
        return isMade() && deployment != null && !isThere();
    }

    /** As in {@code Destroyed} or {@code Replaced by web-shop #4}; null while it is there as this run left it, and for one that made nothing. */
    @CheckForNull
    public String getLabel() {
        if (isGone()) {
            return Messages.RunStanding_Destroyed();
        }
        return successor()
                .map(next -> isSameInstance() ? Messages.RunStanding_Updated(name(next)) : Messages.RunStanding_Replaced(name(next)))
                .orElse(null);
    }

    /** The build that has replaced it, below Jenkins' own address; null if there is none or it is gone. */
    @CheckForNull
    public String getSuccessorPage() {
        return successor().map(RunSummary::build)
                .filter(number -> new File(build.getParent().getBuildDir(), Integer.toString(number)).isDirectory())
                .map(number -> build.getParent().getUrl() + number + "/")
                .orElse(null);
    }

    /** The page of the deployment, below Jenkins' own address; null where there is none of its name. */
    @CheckForNull
    public String getDeploymentPage() {
        return deployment == null ? null : build.getParent().getUrl() + "ec2-docker/deployment/" + Util.rawEncode(deployment.name()) + "/";
    }

    /** Whether the run's addresses are still the deployment's. */
    public boolean isAddressed() {
        return deployment == null || isThere() && Objects.equals(facts.outputs.get("url"), output("url"));
    }

    /** Whose outputs those of the run are, where that is not plain; null where it is. */
    @CheckForNull
    public String getOutputsNote() {
        String instance = facts.outputs.get(INSTANCE);
        if (isGone()) {
            return Messages.RunStanding_OutputsGone();
        }
        if (successor().isPresent() && !isSameInstance()) {
            return Messages.RunStanding_OutputsReplaced();
        }
        if (isMade() || facts.outputs.isEmpty()) {
            return null;
        }
        String whose = instance == null ? Messages.RunStanding_Present() : Messages.RunStanding_Instance(instance);
        if (!live) {
            return Messages.RunStanding_OutputsBefore(whose);
        }
        return facts.purpose.equals(Purpose.DESTROY.text()) ? Messages.RunStanding_OutputsDestroyed(whose)
                : Messages.RunStanding_OutputsServing(whose);
    }

    /** When the deployment may be destroyed, whoever has moved that; null if it has no end or is gone. */
    @CheckForNull
    public String getExpiry() {
        Instant expires = expires();
        return expires == null ? null : TimeText.until(expires, now);
    }

    /** RFC 3339. */
    @CheckForNull
    public String getExpiryIso() {
        Instant expires = expires();
        return expires == null ? null : expires.toString();
    }

    /** Whether the run brought back what was there when it began. */
    public boolean isReapplication() {
        return deployment != null && isSame() && deployment.run(facts.runId).filter(deployment::isReapplication).isPresent();
    }

    /** Changes whenever the page has to be drawn again. */
    String mark() {
        return getLabel() + "|" + getDeploymentPage() + "|" + isAddressed() + "|" + getExpiryIso() + "|" + isReapplication();
    }

    @CheckForNull
    private Instant expires() {
        if (deployment == null) {
            return facts.expires == 0 ? null : Instant.ofEpochMilli(facts.expires);
        }
        return isThere() ? deployment.expires() : null;
    }

    /** The run whose configuration serves in place of this one's. */
    private Optional<RunSummary> successor() {
        Deployment there = there();
        return there == null || !isMade() || facts.runId.equals(there.lastApplied()) ? Optional.empty() : there.run(there.lastApplied());
    }

    private String name(RunSummary run) {
        return run.build() == null ? Messages.RunStanding_Run(run.id()) : build.getParent().getFullDisplayName() + " #" + run.build();
    }

    private boolean isSameInstance() {
        String instance = facts.outputs.get(INSTANCE);
        return instance != null && instance.equals(output(INSTANCE));
    }

    @CheckForNull
    private String output(String name) {
        return deployment == null ? null : StoredRunSummary.outputs(deployment.outputs()).get(name);
    }

    /** Whether the run has brought something to AWS, and is over. */
    private boolean isMade() {
        boolean provisions = !facts.purpose.equals(Purpose.DESTROY.text()) && !facts.purpose.equals(Purpose.PLAN.text());
        return !live && provisions && RunStatus.of(facts.status) == RunStatus.SUCCEEDED;
    }

    private boolean isSame() {
        return deployment != null && DestroyButton.isSame(deployment, facts);
    }

    private boolean isThere() {
        return there() != null;
    }

    /** Null where it is destroyed, or another one has its name. */
    @CheckForNull
    private Deployment there() {
        return deployment != null && isSame() && !deployment.isGone() ? deployment : null;
    }
}
