package io.jenkins.plugins.ec2docker.jenkins.mail;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import io.jenkins.plugins.ec2docker.jenkins.store.AllDeployments;
import io.jenkins.plugins.ec2docker.request.values.DurationFormat;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;

/** The mail that tells of a deployment's end before it comes, and where it can be put off. */
final class ReminderMail {

    private ReminderMail() {}

    /** @param job null where it was deleted */
    static RunMail of(AllDeployments.Entry entry, @CheckForNull Job<?, ?> job, List<String> to, Instant now) {
        Deployment deployment = entry.deployment();
        String name = RunMail.line(deployment.name(), RunMail.LONGEST_SUBJECT);
        String jobName = RunMail.line(job == null ? entry.job() : job.getFullDisplayName(), RunMail.LONGEST_SUBJECT);
        Duration left = Duration.ofMinutes(Math.max(1, Duration.between(now, deployment.expires()).toMinutes()));
        String head = Messages.Mail_Ends(name, DurationFormat.format(left));
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(Messages.Mail_Label_Expires(), RunMail.TIME.format(deployment.expires()));
        facts.put(Messages.Mail_Label_Region(), RunMail.line(deployment.region(), RunMail.LONGEST_SUBJECT));
        facts.put(Messages.Mail_Label_Job(), jobName);
        String root = Jenkins.get().getRootUrl();
        if (root != null && job != null) {
            facts.put(Messages.Mail_Label_Extend(), root + job.getUrl() + "ec2-docker/deployment/" + name + "/");
        }
        return RunMail.of(to, Messages.Mail_Subject(head, jobName), head, List.of(Messages.Mail_EndsMessage()), facts);
    }
}
