package io.jenkins.plugins.ec2docker.jenkins.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.ModelObject;
import io.jenkins.plugins.ec2docker.jenkins.controller.UpkeepSettings;
import io.jenkins.plugins.ec2docker.jenkins.pages.deployment.StateList;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.RefusedAction;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.TimeText;
import io.jenkins.plugins.ec2docker.jenkins.upkeep.SweepResult;
import io.jenkins.plugins.ec2docker.jenkins.upkeep.SweepWork;
import io.jenkins.plugins.ec2docker.policy.cost.MonthlyCost;
import io.jenkins.plugins.ec2docker.request.values.DurationFormat;
import io.jenkins.plugins.ec2docker.upkeep.sweep.OrphanedResource;
import io.jenkins.plugins.ec2docker.upkeep.sweep.Sweep;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** What runs have left in AWS and no deployment knows, at {@code /ec2-docker/sweep}: for administrators alone. */
@Restricted(NoExternalUse.class)
public final class SweepPage implements StaplerProxy, ModelObject {

    private final Instant now = Instant.now();

    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return this;
    }

    /** For the breadcrumbs. */
    @Override
    public String getDisplayName() {
        return Messages.SweepPage_DisplayName();
    }

    /** Since when a sweep is under way, as in {@code 5 sec ago}; null where none is. */
    @CheckForNull
    public String getUnderWay() {
        return SweepWork.get().underWay().map(since -> TimeText.ago(since, now)).orElse(null);
    }

    /** When the last one ended; null where there was none since Jenkins started. */
    @CheckForNull
    public String getAge() {
        return SweepWork.get().last().map(result -> TimeText.ago(result.at(), now)).orElse(null);
    }

    public List<String> getProblems() {
        return SweepWork.get().last().map(SweepResult::problems).orElse(List.of());
    }

    public List<Row> getRows() {
        return SweepWork.get().last().map(result -> result.findings().stream().map(Row::new).toList()).orElse(List.of());
    }

    /** How many of them would be removed. */
    public long getRemovable() {
        return getRows().stream().filter(Row::isRemovable).count();
    }

    /** How many of them their deployments can take over. */
    public long getAdoptable() {
        return getRows().stream().filter(Row::isAdoptable).count();
    }

    /** What all that was found costs, as in {@code 17.52 USD a month}. */
    public String getCost() {
        return MonthlyCost.text(MonthlyCost.sum(SweepWork.get().last().map(SweepResult::findings).orElse(List.of()).stream()
                .map(finding -> finding.item().hourlyCost()).toList()));
    }

    /** As in {@code 24h}. */
    public String getGrace() {
        return DurationFormat.format(UpkeepSettings.get().sweepGrace());
    }

    /** Looks, and changes nothing. */
    @RequirePOST
    public HttpResponse doLook() {
        return begin(Sweep.Act.LOOK);
    }

    /** Looks anew, and removes what is old enough. */
    @RequirePOST
    public HttpResponse doRemove() {
        return begin(Sweep.Act.REMOVE);
    }

    /** Looks anew, and lets deployments take over what an earlier state of theirs knew. */
    @RequirePOST
    public HttpResponse doAdopt() {
        return begin(Sweep.Act.ADOPT);
    }

    private static HttpResponse begin(Sweep.Act act) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        if (!SweepWork.get().ask(StateList.who(), act)) {
            throw new RefusedAction(Messages.SweepPage_UnderWay());
        }
        return HttpResponses.redirectToDot();
    }

    /** One thing that was found. */
    public record Row(SweepResult.Finding finding) {

        public String kind() {
            return item().resource().kind().text();
        }

        public String id() {
            return item().resource().id();
        }

        public String detail() {
            return item().resource().detail();
        }

        public String deployment() {
            return item().resource().deployment();
        }

        /** As in {@code 3h}; null where it is not known. */
        @CheckForNull
        public String age() {
            return Optional.ofNullable(item().age()).map(age -> DurationFormat.format(age.truncatedTo(ChronoUnit.MINUTES))).orElse(null);
        }

        public String cost() {
            return MonthlyCost.text(item().hourlyCost());
        }

        public boolean isRemovable() {
            return item().isRemovable();
        }

        public boolean isAdoptable() {
            return item().isAdoptable();
        }

        /** What became of it, or would. */
        public String fate() {
            OrphanedResource item = item();
            String outcome = item.outcome();
            String kept = item.kept();
            if (outcome == null) {
                return kept != null ? Messages.SweepPage_Kept(kept) : Messages.SweepPage_WouldGo();
            }
            if (item.adopted()) {
                return Messages.SweepPage_Adopted();
            }
            return item.isRemoved() ? Messages.SweepPage_Gone() : Messages.SweepPage_Failed(outcome);
        }

        private OrphanedResource item() {
            return finding.item();
        }
    }
}
