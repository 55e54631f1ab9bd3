package io.jenkins.plugins.ec2docker.jenkins.mail;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.model.AsyncPeriodicWork;
import hudson.model.Job;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerConfiguration;
import io.jenkins.plugins.ec2docker.jenkins.config.MailWhen;
import io.jenkins.plugins.ec2docker.jenkins.controller.Builds;
import io.jenkins.plugins.ec2docker.jenkins.controller.UnattendedWork;
import io.jenkins.plugins.ec2docker.jenkins.controller.UpkeepSettings;
import io.jenkins.plugins.ec2docker.jenkins.store.AllDeployments;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.jenkins.store.LastExecuted;
import io.jenkins.plugins.ec2docker.request.parse.RequestWriter;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.upkeep.lifetime.Expiry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Reminds people of deployments that end soon. Each reminder is marked as sent beside the deployment as soon as the mail server has it, and
 * never before: so a restart repeats none, and one that the server did not take is tried again until the end, in widening gaps.
 */
@Extension
public final class Reminders extends AsyncPeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(Reminders.class.getName());
    private static final Duration BETWEEN_TRIES = Duration.ofMinutes(20);

    private final Clock clock = Clock.systemUTC();
    private final MailPost post;
    private final Outbox outbox;
    /** When each that is on its way, or failed, may be tried again. */
    private final Map<String, Instant> tried = new ConcurrentHashMap<>();

    public Reminders() {
        this(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofMinutes(2));
    }

    Reminders(Duration connect, Duration answer, Duration deadline) {
        super("EC2 Docker reminders");
        post = new MailPost(connect, answer);
        outbox = new Outbox(deadline);
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(3);
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }

    @Override
    protected void execute(TaskListener listener) {
        remind(clock.instant(), line -> LOGGER.info(line));
    }

    /** @param told hears what became of each mail */
    void remind(Instant now, Consumer<String> told) {
        List<Duration> offsets = UpkeepSettings.get().remindBefore();
        if (!UnattendedWork.mayBegin() || offsets.isEmpty() || Ec2DockerConfiguration.get().getMailWhen() == MailWhen.NEVER) {
            return;
        }
        tried.values().removeIf(until -> !now.isBefore(until));
        for (AllDeployments.Entry entry : AllDeployments.living()) {
            Deployment deployment = entry.deployment();
            if (deployment.expires() == null || deployment.isGone()) {
                continue;
            }
            try {
                Instant reminded = LastExecuted.REMINDED.find(entry.job(), deployment.name());
                if (Expiry.due(deployment, now, offsets, reminded) instanceof Expiry.Due.Reminder reminder) {
                    post(entry, reminder.expires().minus(reminder.offset()), now, told);
                }
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "Nobody can be reminded of the end of " + deployment.name() + " of " + entry.job());
            }
        }
    }

    private void post(AllDeployments.Entry entry, Instant moment, Instant now, Consumer<String> told) {
        String key = entry.job() + "\n" + entry.deployment().name();
        if (tried.putIfAbsent(key, now.plus(BETWEEN_TRIES)) == null) {
            String what = "Reminder of the end of deployment \"" + entry.deployment().name() + "\" of " + entry.job() + ": ";
            outbox.post(() -> send(entry, moment, now), line -> told.accept(what + line));
        }
    }

    private String send(AllDeployments.Entry entry, Instant moment, Instant now) throws Exception {
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            Ec2DockerConfiguration settings = Ec2DockerConfiguration.get();
            List<String> to = Recipients.of(request(entry), settings.getMailRecipients());
            Job<?, ?> job = Builds.job(entry.job()).orElse(null);
            int sent = to.isEmpty()
                    ? 0
                    : post.send(ReminderMail.of(entry, job, to, now), settings.getMailFrom(), job == null ? null : job.getLastBuild());
            LastExecuted.REMINDED.save(entry.job(), entry.deployment().name(), moment);
            return sent == 0 ? Messages.Outcome_NotSent(Messages.Failure_Filtered()) : Messages.Outcome_Sent(String.join(", ", to));
        }
    }

    private static Map<String, Object> request(AllDeployments.Entry entry) {
        Deployment deployment = entry.deployment();
        String applied = deployment.appliedRun();
        if (applied == null) {
            return Map.of();
        }
        try {
            return RequestWriter.of(JobDeployments.of(entry.job()).request(deployment.name(), applied));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The request of deployment " + deployment.name() + " of " + entry.job()
                    + " cannot be read; only the configured recipients hear of its end.", e);
            return Map.of();
        }
    }

    @Terminator
    public static void close() {
        ExtensionList.lookup(Reminders.class).forEach(reminders -> reminders.outbox.close());
    }
}
