package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.jenkins.store.RunSnapshot;
import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.run.model.ActionRecord;
import io.jenkins.plugins.ec2docker.run.model.ProvisioningRun;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A run as one look at it shows it: from its view where it is under way or has left its files, else from what {@code build.xml} kept. Made
 * anew for each request and never kept.
 */
public final class RunPage {

    private final StoredRunSummary facts;
    private final Optional<RunSnapshot> view;
    private final RunStatus status;
    private final List<StageRow> stages;
    @CheckForNull
    private final ProgressView progress;
    @CheckForNull
    private final PlanView plan;
    private final Instant now;

    RunPage(StoredRunSummary facts, Optional<RunSnapshot> view, boolean live, Instant now) {
        this.facts = facts;
        this.view = view;
        this.now = now;
        RunStatus kept = RunStatus.of(facts.status);
        this.status = kept == RunStatus.RUNNING && !live ? RunStatus.UNKNOWN : kept;
        this.stages = view.map(seen -> StageRow.of(seen.run(), !isRunning(), now)).orElseGet(() -> StageRow.read(facts.stages));
        this.progress = view.filter(seen -> isRunning()).map(seen -> ProgressView.of(seen.progress(), now)).orElse(null);
        this.plan = view.flatMap(PlanView::of).orElseGet(() -> PlanView.read(facts.plan));
    }

    public boolean isRunning() {
        return status == RunStatus.RUNNING;
    }

    public RunStatus getStatus() {
        return status;
    }

    /** How the run stands, and whether it is on its way out. */
    public String getStatusLabel() {
        return view.filter(seen -> isRunning()).flatMap(RunPage::ending).orElseGet(status::getLabel);
    }

    /** What a run under way does instead of going forward; empty for one that does go forward. */
    public static Optional<String> ending(RunSnapshot view) {
        ProvisioningRun run = view.run();
        if (view.isOver() || !run.isInTrouble()) {
            return Optional.empty();
        }
        boolean cleaning = run.isCleaningUp() || run.record(Action.RECLAIM).isPresent();
        if (run.interrupted() != null) {
            return Optional.of(cleaning ? Messages.RunStatus_StoppingCleaningUp() : Messages.RunStatus_Stopping());
        }
        return cleaning ? Optional.of(Messages.RunStatus_CleaningUp()) : Optional.empty();
    }

    /** What a run is for, as a heading. */
    public String getPurpose() {
        return label(purpose());
    }

    /** What runs of a purpose are for, as a heading. */
    public static String label(Purpose purpose) {
        return switch (purpose) {
            case PROVISION -> Messages.RunPage_Provision();
            case ROLLBACK -> Messages.RunPage_Rollback();
            case PLAN -> Messages.RunPage_Plan();
            case DESTROY -> Messages.RunPage_Destroy();
        };
    }

    /** What a run is for that brings a deployment to the request that it has already. */
    public static String reapplication() {
        return Messages.RunPage_Reapply();
    }

    /** @return null while there is nothing to say */
    @CheckForNull
    public String getMessage() {
        return status == RunStatus.UNKNOWN && facts.message == null ? Messages.RunPage_Unknown() : failure().orElse(facts.message);
    }

    /** A badge's or alert's colour in Jenkins' design, such as {@code success}. */
    public String getSeverity() {
        return failure().isPresent() ? RunStatus.FAILED.getSeverity() : status.getSeverity();
    }

    /** Why a run under way is going to fail; empty where it is not. */
    private Optional<String> failure() {
        return view.filter(seen -> isRunning() && seen.run().interrupted() == null)
                .flatMap(seen -> seen.run().actions().stream().filter(ActionRecord::isFailed).findFirst())
                .map(failed -> failed.outcome().message());
    }

    /** A sentence while the agent cannot be reached on which Terraform works; else null. */
    @CheckForNull
    public String getAway() {
        return view.filter(seen -> isRunning() && seen.agentAway() != null)
                .map(seen -> Messages.RunPage_Away(seen.node().isEmpty() ? Messages.RunPage_BuiltIn() : seen.node(), seen.agentAway()))
                .orElse(null);
    }

    public String getDeployment() {
        return facts.deployment;
    }

    @CheckForNull
    public String getDeploymentId() {
        return facts.deploymentId;
    }

    public String getRegion() {
        return facts.region;
    }

    @CheckForNull
    public String getInstanceType() {
        return facts.instanceType;
    }

    public List<String> getImages() {
        return facts.images;
    }

    /** Which users file was used, and how many users that has; null for none. */
    @CheckForNull
    public String getUsers() {
        return facts.users;
    }

    public String getRequester() {
        return facts.requester;
    }

    @CheckForNull
    public String getRequestedAgo() {
        return facts.requested == 0 ? null : TimeText.ago(Instant.ofEpochMilli(facts.requested), now);
    }

    /** In a form that says it to machines: RFC 3339. */
    @CheckForNull
    public String getRequestedIso() {
        return iso(facts.requested);
    }

    public long getRequestedMillis() {
        return facts.requested;
    }

    /** From being asked to the end; for one under way, to now. */
    @CheckForNull
    public String getTook() {
        long end = facts.ended != 0 ? facts.ended : isRunning() ? now.toEpochMilli() : 0;
        return facts.requested == 0 || end == 0 ? null : TimeText.seconds((end - facts.requested) / 1000.0);
    }

    /** When what the run left might be destroyed, as it was at its end; null if never. {@link RunStanding} knows how that is now. */
    @CheckForNull
    public String getExpiryIso() {
        return iso(facts.expires);
    }

    public List<StageRow> getStages() {
        return stages;
    }

    /** The stages under way, by name; empty for a run that is over. */
    public String getCurrent() {
        return stages.stream().filter(StageRow::isUnderWay).map(StageRow::getLabel).collect(Collectors.joining(", "));
    }

    /** Only while the run is under way; else null. */
    @CheckForNull
    public ProgressView getProgress() {
        return progress;
    }

    /** Null where nothing was planned. */
    @CheckForNull
    public PlanView getPlan() {
        return plan;
    }

    public List<OutputRow> getOutputs() {
        return facts.outputs.entrySet().stream().map(output -> OutputRow.of(output.getKey(), output.getValue())).toList();
    }

    /** Where the containers answer; null if the run told no web address. */
    @CheckForNull
    public OutputRow getUrl() {
        return getOutputs().stream().filter(output -> output.name().equals("url") && output.link() != null).findFirst().orElse(null);
    }

    Map<String, String> outputs() {
        return facts.outputs;
    }

    Purpose purpose() {
        for (Purpose purpose : Purpose.values()) {
            if (purpose.text().equals(facts.purpose)) {
                return purpose;
            }
        }
        return Purpose.PROVISION;
    }

    /** Changes whenever the page has to be drawn anew; running clocks do not count. */
    String mark() {
        return String.join(
                "|",
                status.getText(),
                getStatusLabel(),
                String.valueOf(facts.message),
                stages.stream().map(StageRow::mark).toList().toString(),
                progress == null ? "" : progress.mark(),
                plan == null ? "" : plan.write() + plan.getRows().size(),
                facts.outputs.toString(),
                String.valueOf(facts.expires),
                String.valueOf(getAway()),
                String.valueOf(view.isPresent()));
    }

    public static Map<String, String> texts(Map<String, JsonNode> outputs) {
        Map<String, String> texts = new TreeMap<>();
        outputs.forEach((name, value) -> {
            if (value != null && !value.isNull()) {
                texts.put(name, value.isValueNode() ? value.asText() : value.toString());
            }
        });
        return texts;
    }

    @CheckForNull
    private static String iso(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis).toString();
    }
}
