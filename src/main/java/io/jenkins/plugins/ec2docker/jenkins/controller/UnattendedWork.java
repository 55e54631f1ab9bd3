package io.jenkins.plugins.ec2docker.jenkins.controller;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.init.InitMilestone;
import hudson.model.Cause;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import io.jenkins.plugins.ec2docker.platform.ErrorMessage;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.JenkinsLocationConfiguration;

/**
 * Decides whether what nobody is waiting for may begin: ends, working hours, schedules, reminders, runs that an earlier controller left. It may not
 * where this controller works with a store that another one knows as its own, which is a clone or a restored backup, until an administrator
 * confirms that it goes on; nor while administrators have paused it, nor while Jenkins prepares to shut down. What has begun goes on.
 */
@Extension
public final class UnattendedWork {

    private static final Logger LOGGER = Logger.getLogger(UnattendedWork.class.getName());
    /** So old at most is what a backup can have without that it is noticed. */
    private static final Duration BETWEEN_WRITINGS = Duration.ofHours(1);

    private final Clock clock = Clock.systemUTC();
    /** With the controller; builds of before are an earlier one's. */
    private final Instant started = clock.instant();
    private final String process = UUID.randomUUID().toString();
    /** Null until it has been checked whose the store is. */
    @CheckForNull
    private volatile List<String> differences;
    /** The binding of this controller, or the one that it found and differs from; null where that cannot be read. */
    @CheckForNull
    private volatile ControllerBinding binding;

    public static UnattendedWork get() {
        return ExtensionList.lookupSingleton(UnattendedWork.class);
    }

    public static boolean mayBegin() {
        return hindrance().isEmpty();
    }

    /** Why nothing may begin, as a sentence; empty where it may. */
    public static Optional<String> hindrance() {
        UnattendedWork here = get();
        here.judgeOnce();
        return hindrance(here.differences, UpkeepSettings.get().pauseUnattendedWork(), Jenkins.get().isQuietingDown());
    }

    /**
     * The rule.
     *
     * @param differences between this controller and the one whose the store is; null where they are not known yet
     * @param paused by administrators
     * @param quiet whether Jenkins prepares to shut down
     */
    static Optional<String> hindrance(@CheckForNull List<String> differences, boolean paused, boolean quiet) {
        if (differences == null) {
            return Optional.of(Messages.UnattendedWork_Starting());
        }
        if (!differences.isEmpty()) {
            return Optional.of(Messages.UnattendedWork_Unconfirmed());
        }
        if (paused) {
            return Optional.of(Messages.UnattendedWork_Paused());
        }
        return quiet ? Optional.of(Messages.UnattendedWork_Quiet()) : Optional.empty();
    }

    /** Why an administrator is to confirm that this controller goes on, a sentence each; empty where that is not needed. */
    public List<String> unconfirmed() {
        List<String> known = differences;
        return known == null ? List.of() : known;
    }

    /** When the store was known last to be its controller's; null where that cannot be read. */
    @CheckForNull
    public Instant knownAt() {
        ControllerBinding known = binding;
        return known == null ? null : known.written();
    }

    /** Whether a run of this build waits for the confirmation, because no person has started the build on this controller. */
    public boolean holds(hudson.model.Run<?, ?> build) {
        return !unconfirmed().isEmpty()
                && (build.getStartTimeInMillis() < started.toEpochMilli()
                        || build.getCauses().stream().noneMatch(UnattendedWork::isPerson));
    }

    private static boolean isPerson(Cause cause) {
        return cause instanceof Cause.UserIdCause
                || cause instanceof Cause.UpstreamCause upstream
                        && upstream.getUpstreamCauses().stream().anyMatch(UnattendedWork::isPerson);
    }

    /** An administrator says that this controller is the one whose the store is. */
    public synchronized void confirm() throws IOException {
        write(ControllerIdentity.here());
        differences = List.of();
    }

    /** Settings, and with them Jenkins' URL, are known only when jobs have been read. */
    private void judgeOnce() {
        if (differences == null && Jenkins.get().getInitLevel().ordinal() >= InitMilestone.JOB_CONFIG_ADAPTED.ordinal()) {
            judge();
        }
    }

    synchronized void judge() {
        List<String> found;
        try {
            ControllerIdentity here = ControllerIdentity.here();
            Optional<ControllerBinding.Found> known = ControllerBinding.find(PluginDirectory.path());
            binding = known.map(ControllerBinding.Found::binding).orElse(null);
            found = known.map(each -> each.differences(here)).orElse(List.of());
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "The binding of the store cannot be read.", e);
            binding = null;
            found = List.of(Messages.Difference_Unreadable(ErrorMessage.sentence(e)));
        }
        differences = found;
        warn();
        keep();
    }

    private void warn() {
        if (!unconfirmed().isEmpty()) {
            LOGGER.warning(() -> Messages.UnattendedWork_Unconfirmed() + " " + String.join(" ", unconfirmed()));
        }
    }

    private void write(ControllerIdentity here) throws IOException {
        ControllerBinding before = binding;
        binding = ControllerBinding.write(PluginDirectory.path(), here, before == null ? 1 : before.epoch() + 1, process, clock.instant());
    }

    /** Keeps the binding young and true. Notices when the store was replaced by another one under this controller. */
    public synchronized void keep() {
        if (differences == null || !unconfirmed().isEmpty()) {
            return;
        }
        ControllerBinding known = binding;
        try {
            ControllerIdentity here = ControllerIdentity.here();
            if (known == null || !known.process().equals(process)) {
                write(here);
                return;
            }
            Optional<ControllerBinding> there = ControllerBinding.find(PluginDirectory.path()).map(ControllerBinding.Found::binding);
            if (there.isPresent() && !there.get().process().equals(process)) {
                differences = List.of(Messages.Difference_Replaced(there.get().epoch(), known.epoch()));
                warn();
            } else if (!here.equals(known.controller()) || known.written().plus(BETWEEN_WRITINGS).isBefore(clock.instant())) {
                write(here);
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "That the store belongs to this controller cannot be written down now.", e);
        }
    }

    /** A new URL of Jenkins that somebody gives it is the controller's own. */
    @Extension
    public static final class NewUrl extends SaveableListener {
        @Override
        public void onChange(Saveable saved, XmlFile file) {
            if (saved instanceof JenkinsLocationConfiguration) {
                get().keep();
            }
        }
    }
}
