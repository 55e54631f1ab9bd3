package io.jenkins.plugins.ec2docker.jenkins.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import hudson.model.Failure;
import io.jenkins.plugins.ec2docker.jenkins.config.UpkeepConfiguration;
import io.jenkins.plugins.ec2docker.jenkins.controller.UnattendedWork;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.TimeText;
import io.jenkins.plugins.ec2docker.jenkins.runs.ActiveRuns;
import io.jenkins.plugins.ec2docker.jenkins.store.AllDeployments;
import io.jenkins.plugins.ec2docker.platform.ErrorMessage;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.upkeep.lifetime.Expiry;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Tells administrators that unattended work waits: for their word that this controller is no copy, or because they have paused it. */
@Extension
@Restricted(NoExternalUse.class)
public final class UnattendedWorkMonitor extends AdministrativeMonitor {

    private static final Logger LOGGER = Logger.getLogger(UnattendedWorkMonitor.class.getName());
    private static final int MOST = 20;

    public UnattendedWorkMonitor() {
        super("ec2-docker-unattended-work");
    }

    @Override
    public String getDisplayName() {
        return Messages.UnattendedWorkMonitor_DisplayName();
    }

    @Override
    public boolean isActivated() {
        return isUnconfirmed() || isPaused();
    }

    public boolean isUnconfirmed() {
        return !getDifferences().isEmpty();
    }

    public boolean isPaused() {
        return UpkeepConfiguration.get().isPauseUnattendedWork();
    }

    /** Why this may be another controller than the one whose the store is, a sentence each. */
    public List<String> getDifferences() {
        return UnattendedWork.get().unconfirmed();
    }

    /** When that one was known to work last, as in {@code 5 min ago}; null where that is not known. */
    @CheckForNull
    public String getKnown() {
        Instant at = UnattendedWork.get().knownAt();
        return at == null ? null : TimeText.ago(at, Instant.now());
    }

    /** What would begin, a line each; a last one counts what is left out. */
    public List<String> getWaiting() {
        Instant now = Instant.now();
        List<String> all = Stream.concat(
                ActiveRuns.get().held().stream().map(run -> Messages.UnattendedWorkMonitor_Run(
                        run.view().purpose().text(), run.view().deployment(), run.view().job())),
                AllDeployments.living().stream().filter(entry -> isOver(entry.deployment(), now)).map(entry -> Messages
                        .UnattendedWorkMonitor_End(entry.deployment().name(), entry.job(),
                                TimeText.ago(end(entry.deployment(), now), now))))
                .toList();
        return all.size() <= MOST ? all
                : Stream.concat(all.stream().limit(MOST), Stream.of(Messages.UnattendedWorkMonitor_More(all.size() - MOST))).toList();
    }

    private static boolean isOver(Deployment deployment, Instant now) {
        return Expiry.due(deployment, now, List.of(), null) instanceof Expiry.Due.Expired;
    }

    private static Instant end(Deployment deployment, Instant now) {
        Instant end = deployment.expires();
        return end == null ? now : end;
    }

    /** This controller goes on: what waited begins. */
    @RequirePOST
    public HttpResponse doConfirm() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        try {
            UnattendedWork.get().confirm();
        } catch (IOException e) {
            throw new Failure(Messages.UnattendedWorkMonitor_NotConfirmed(ErrorMessage.sentence(e)));
        }
        pause(false);
        ActiveRuns.get().beginWhatMay();
        return HttpResponses.redirectViaContextPath("manage/");
    }

    /** It stays paused, also after a restart. */
    @RequirePOST
    public HttpResponse doPause() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        pause(true);
        return HttpResponses.redirectViaContextPath("manage/");
    }

    private static void pause(boolean paused) {
        UpkeepConfiguration settings = UpkeepConfiguration.get();
        if (settings.isPauseUnattendedWork() != paused) {
            settings.setPauseUnattendedWork(paused);
            settings.save();
        }
        LOGGER.info(() -> Jenkins.getAuthentication2().getName() + (paused ? " has paused unattended work."
                : " has confirmed that this controller goes on with unattended work."));
    }
}
