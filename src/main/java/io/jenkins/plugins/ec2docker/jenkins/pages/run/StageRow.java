package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.run.model.ActionRecord;
import io.jenkins.plugins.ec2docker.run.model.ProvisioningRun;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.Stage;
import io.jenkins.plugins.ec2docker.run.model.StageTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jvnet.localizer.Localizable;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * One stage of a run as the page, the REST API and {@code build.xml} have it. In {@code build.xml} all stages of a run are one line of text,
 * such as {@code prepare:done:0.1 init:done:0.4 apply:failed:12.3}.
 */
@ExportedBean(defaultVisibility = 3)
public final class StageRow {

    /** How far a stage is. */
    enum State {
        WAITING("nobuilt", Messages._StageRow_Waiting()),
        RUNNING("nobuilt-anime", Messages._StageRow_Running()),
        DONE("blue", Messages._StageRow_Done()),
        FAILED("red", Messages._StageRow_Failed()),
        /** The run was over before. */
        SKIPPED("disabled", Messages._StageRow_Skipped());

        private final String icon;
        private final Localizable label;

        State(String icon, Localizable label) {
            this.icon = icon;
            this.label = label;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Stage stage;
    private final State state;
    private final double seconds;
    @CheckForNull
    private final Instant since;

    private StageRow(Stage stage, State state, double seconds, @CheckForNull Instant since) {
        this.stage = stage;
        this.state = state;
        this.seconds = seconds;
        this.since = since;
    }

    /** All stages that the run has or is going to have. */
    static List<StageRow> of(ProvisioningRun run, boolean over, Instant now) {
        Map<Stage, StageTime> times = StageTime.of(run, now).stream().collect(Collectors.toMap(StageTime::stage, time -> time));
        Map<Stage, Instant> begun = new EnumMap<>(Stage.class);
        for (ActionRecord record : run.actions()) {
            Action action = record.action();
            begun.merge(action.stage(), record.started(), (a, b) -> a.isBefore(b) ? a : b);
        }
        List<StageRow> rows = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            StageTime time = times.get(stage);
            if (time != null) {
                State state = !time.finished() ? over ? State.FAILED : State.RUNNING : time.failed() ? State.FAILED : State.DONE;
                rows.add(new StageRow(stage, state, time.seconds(), state == State.RUNNING ? begun.get(stage) : null));
            } else if (belongs(stage, run.purpose())) {
                rows.add(new StageRow(stage, over ? State.SKIPPED : State.WAITING, 0, null));
            }
        }
        return rows;
    }

    private static boolean belongs(Stage stage, Purpose purpose) {
        return switch (stage) {
            case PREPARE, INIT -> true;
            case VALIDATE, PLAN, REVIEW -> purpose != Purpose.DESTROY;
            case APPLY, VERIFY -> purpose.provisions();
            // Which of them a run comes to is known at its end.
            case REDEPLOY, CUTOVER, RECLAIM, RETREAT, RESTORE -> false;
            case DESTROY -> purpose == Purpose.DESTROY;
        };
    }

    static String write(List<StageRow> rows) {
        return rows.stream()
                .map(row -> row.stage.text() + ":" + row.state.text() + ":" + String.format(Locale.ROOT, "%.1f", row.seconds))
                .collect(Collectors.joining(" "));
    }

    /** What cannot be read, such as a stage of a newer version, is left out. */
    static List<StageRow> read(@CheckForNull String text) {
        return text == null || text.isBlank()
                ? List.of()
                : Arrays.stream(text.trim().split(" ")).flatMap(part -> readOne(part).stream()).toList();
    }

    private static List<StageRow> readOne(String text) {
        String[] parts = text.split(":", 3);
        try {
            Stage stage = Stage.valueOf(parts[0].toUpperCase(Locale.ROOT));
            State state = State.valueOf(parts[1].toUpperCase(Locale.ROOT));
            return List.of(new StageRow(stage, state, Double.parseDouble(parts[2]), null));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return List.of();
        }
    }

    @Exported
    public String getName() {
        return stage.text();
    }

    /** {@code waiting}, {@code running}, {@code done}, {@code failed} or {@code skipped}. */
    @Exported(name = "state")
    public String getStateText() {
        return state.text();
    }

    /** With a resolution of a millisecond; for a stage under way, when this was made. */
    @Exported
    public double getSeconds() {
        return seconds;
    }

    public String getLabel() {
        return switch (stage) {
            case PREPARE -> Messages.Stage_Prepare();
            case INIT -> Messages.Stage_Init();
            case VALIDATE -> Messages.Stage_Validate();
            case PLAN -> Messages.Stage_Plan();
            case REVIEW -> Messages.Stage_Review();
            case APPLY -> Messages.Stage_Apply();
            case REDEPLOY -> Messages.Stage_Redeploy();
            case VERIFY -> Messages.Stage_Verify();
            case CUTOVER -> Messages.Stage_Cutover();
            case RECLAIM -> Messages.Stage_Reclaim();
            case RETREAT -> Messages.Stage_Retreat();
            case RESTORE -> Messages.Stage_Restore();
            case DESTROY -> Messages.Stage_Destroy();
        };
    }

    public String getIcon() {
        return "symbol-status-" + state.icon;
    }

    public String getStateLabel() {
        return state.label.toString();
    }

    public boolean isUnderWay() {
        return state == State.RUNNING;
    }

    public boolean isBegun() {
        return state != State.WAITING && state != State.SKIPPED;
    }

    /** Milliseconds since 1970 when it began; only for a stage under way, else 0. */
    public long getSince() {
        return since == null ? 0 : since.toEpochMilli();
    }

    public String getTime() {
        return isBegun() ? TimeText.seconds(seconds) : "";
    }

    /** What tells a page whether it has to be drawn anew: no running clock in it. */
    String mark() {
        return stage + "/" + state + "/" + getSince() + (isUnderWay() ? "" : "/" + seconds);
    }
}
