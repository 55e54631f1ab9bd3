package io.jenkins.plugins.ec2docker.jenkins.mail;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerConfiguration;
import io.jenkins.plugins.ec2docker.jenkins.config.MailWhen;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunEventListener;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunHandle;
import io.jenkins.plugins.ec2docker.jenkins.store.BuildRunFiles;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Mails the end of runs, as the global configuration says. What becomes of a mail is a line of the run's log and changes nothing else. */
@Extension
public final class MailOnEnd implements RunEventListener {

    private static final Logger LOGGER = Logger.getLogger(MailOnEnd.class.getName());

    private final Outbox outbox;
    private final MailPost post;

    public MailOnEnd() {
        this(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofMinutes(2));
    }

    MailOnEnd(Duration connect, Duration answer, Duration deadline) {
        post = new MailPost(connect, answer);
        outbox = new Outbox(deadline);
    }

    @Terminator
    public static void close() {
        ExtensionList.lookup(MailOnEnd.class).forEach(mail -> mail.outbox.close());
    }

    @Override
    public void ended(RunHandle run, @CheckForNull Run<?, ?> build, RunReport report) {
        ended(run, build, report, line -> log(run.id(), build, line));
    }

    /** @param told hears what became of the mail; never, where none was due */
    void ended(RunHandle run, @CheckForNull Run<?, ?> build, RunReport report, Consumer<String> told) {
        MailWhen when = Ec2DockerConfiguration.get().getMailWhen();
        boolean due = report.run().purpose() != Purpose.PLAN
                && (when == MailWhen.ALWAYS || when == MailWhen.FAILURE && !report.result().succeeded());
        if (due) {
            outbox.post(() -> send(run, build, report), line -> {
                if (line != null) {
                    told.accept(line);
                }
            });
        }
    }

    /** What is to be told of it; null where there is nobody to send it to. */
    @CheckForNull
    private String send(RunHandle run, @CheckForNull Run<?, ?> build, RunReport report) throws Exception {
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            Ec2DockerConfiguration settings = Ec2DockerConfiguration.get();
            List<String> to = Recipients.of(request(run.id(), build), settings.getMailRecipients());
            if (to.isEmpty()) {
                return null;
            }
            RunMail mail = RunMail.of(EndedRun.of(run.view(), build, report), to);
            int sent = post.send(mail, settings.getMailFrom(), build);
            return sent == 0 ? Messages.Outcome_NotSent(Messages.Failure_Filtered()) : Messages.Outcome_Sent(String.join(", ", to));
        }
    }

    private static Map<String, Object> request(String runId, @CheckForNull Run<?, ?> build) {
        if (build == null) {
            return Map.of();
        }
        try {
            return BuildRunFiles.of(build, runId).request().orElse(Map.of());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The request of run " + runId + " cannot be read; only the configured recipients hear of it.", e);
            return Map.of();
        }
    }

    private static void log(String runId, @CheckForNull Run<?, ?> build, String line) {
        LOGGER.log(Level.INFO, "Run {0}: {1}", new Object[] {runId, line});
        if (build == null) {
            return;
        }
        Path log = BuildRunFiles.of(build, runId).log();
        try {
            if (Files.exists(log)) {
                Files.writeString(log, Instant.now().truncatedTo(ChronoUnit.MILLIS) + " info " + line + "\n", StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "No line was added to the log of run " + runId, e);
        }
    }
}
