package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.jenkins.store.RunSnapshot;
import io.jenkins.plugins.ec2docker.terraform.documents.ChangeAction;
import io.jenkins.plugins.ec2docker.terraform.documents.PlanSummary;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a run was going to do to how many resources, and to which where that is still known. */
@ExportedBean(defaultVisibility = 3)
public final class PlanView {

    /** Rows on a page; a plan may hold thousands, the log has them all. */
    private static final int MOST_ROWS = 500;
    private static final String HANDOVER = "handover";

    private final int add;
    private final int change;
    private final int replace;
    private final int destroy;
    private final boolean handover;
    private final List<Row> rows;

    private PlanView(int add, int change, int replace, int destroy, boolean handover, List<Row> rows) {
        this.add = add;
        this.change = change;
        this.replace = replace;
        this.destroy = destroy;
        this.handover = handover;
        this.rows = List.copyOf(rows);
    }

    /** One resource that the plan touches. */
    public static final class Row {
        private final String address;
        private final ChangeAction action;

        private Row(String address, ChangeAction action) {
            this.address = address;
            this.action = action;
        }

        public String getAddress() {
            return address;
        }

        /** Terraform's own sign. */
        public String getSymbol() {
            return action.symbol();
        }

        public String getAction() {
            return switch (action) {
                case CREATE -> Messages.PlanView_Create();
                case UPDATE -> Messages.PlanView_Change();
                case REPLACE -> Messages.PlanView_Replace();
                case DELETE -> Messages.PlanView_Destroy();
                default -> Messages.PlanView_Other();
            };
        }

        /** For the style sheet. */
        public String getKind() {
            return switch (action) {
                case CREATE -> "add";
                case UPDATE -> "change";
                case REPLACE -> "replace";
                case DELETE -> "destroy";
                default -> "other";
            };
        }
    }

    /** Empty before the review. */
    static Optional<PlanView> of(RunSnapshot view) {
        return Optional.ofNullable(view.plan()).map(plan -> of(plan, view.run().isHandover()));
    }

    private static PlanView of(PlanSummary plan, boolean handover) {
        return new PlanView(
                plan.add(),
                plan.change(),
                plan.replace(),
                plan.destroy(),
                handover,
                plan.resources().stream().limit(MOST_ROWS).map(row -> new Row(StoredRunSummary.cut(row.address(), 300), row.action()))
                        .toList());
    }

    /** As {@code add change replace destroy}, with {@code handover} behind that where an instance goes that the plan does not count. */
    String write() {
        return add + " " + change + " " + replace + " " + destroy + (handover ? " " + HANDOVER : "");
    }

    /** @return null for null and for what is no plan */
    @CheckForNull
    static PlanView read(@CheckForNull String text) {
        String[] counts = text == null ? new String[0] : text.split(" ");
        try {
            return counts.length < 4
                    ? null
                    : new PlanView(
                            Integer.parseInt(counts[0]),
                            Integer.parseInt(counts[1]),
                            Integer.parseInt(counts[2]),
                            Integer.parseInt(counts[3]),
                            counts.length > 4 && counts[4].equals(HANDOVER),
                            List.of());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    @Exported
    public int getAdd() {
        return add;
    }

    @Exported
    public int getChange() {
        return change;
    }

    @Exported
    public int getReplace() {
        return replace;
    }

    @Exported
    public int getDestroy() {
        return destroy;
    }

    /** Whether the instance that served before is destroyed as soon as the new one is verified, by a later plan than this. */
    @Exported
    public boolean isHandover() {
        return handover;
    }

    public List<Row> getRows() {
        return rows;
    }

    public boolean isNothing() {
        return add + change + replace + destroy == 0;
    }
}
