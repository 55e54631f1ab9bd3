package io.jenkins.plugins.ec2docker.jenkins.mail;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.tasks.Mailer;
import io.jenkins.plugins.ec2docker.jenkins.OneJenkins;
import io.jenkins.plugins.ec2docker.jenkins.SharedJenkins;
import io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerConfiguration;
import io.jenkins.plugins.ec2docker.jenkins.config.MailWhen;
import io.jenkins.plugins.ec2docker.jenkins.config.UpkeepConfiguration;
import io.jenkins.plugins.ec2docker.jenkins.runs.StoredDeployment;
import io.jenkins.plugins.ec2docker.jenkins.store.LastExecuted;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import jenkins.model.JenkinsLocationConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** With a mail server on the wire. */
@OneJenkins
class RemindersTest {

    private static final Instant END = Instant.parse("2099-11-21T20:00:00Z");
    private static final String REQUESTER = ", \"requester\": \"alice@example.com\", \"expiresAfter\": \"3d\"";

    /** By today's rules. */
    private static final String REJECTED =
            ", \"requester\": [\"nobody\", \"alice@example.com\"], \"expiresAfter\": \"9m\", \"disk\": {\"sizeGiB\": 1}, \"warpFactor\": 9";

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private Reminders reminders = fresh();
    private static JenkinsRule jenkins;
    private static String remindBefore;

    @BeforeAll
    static void one_jenkins_for_all(JenkinsRule rule) {
        jenkins = rule;
        remindBefore = UpkeepConfiguration.get().getRemindBefore();
    }

    @AfterEach
    void empty_for_the_next() throws Exception {
        SharedJenkins.empty();
    }

    @BeforeEach
    void a_deployment_with_an_end() throws Exception {
        UpkeepConfiguration.get().setRemindBefore(remindBefore);
        Ec2DockerConfiguration.get().setMailWhen(MailWhen.ALWAYS);
        FreeStyleProject job = jenkins.createFreeStyleProject("shop");
        save(END, Deployment.Status.LIVE);
        jenkins.buildAndAssertSuccess(job);
    }

    @Test
    void each_reminder_comes_once_even_after_a_restart_and_leads_to_where_the_end_is_put_off() throws Exception {
        try (SmtpSink sink = sink(SmtpSink.Manner.TAKES)) {
            remind(END.minus(Duration.ofHours(25)));
            assertThat(told).isEmpty();
            remind(END.minus(Duration.ofHours(24)));

            assertThat(told.poll(30, TimeUnit.SECONDS))
                    .contains("deployment \"web\" of shop", "Mail was sent to alice@example.com, ops@example.com.");
            SmtpSink.Delivery delivery = sink.next(10);
            assertThat(delivery.recipients()).containsExactly("alice@example.com", "ops@example.com");
            MimeMessage message = new MimeMessage(
                    Session.getInstance(new Properties()), new ByteArrayInputStream(delivery.data().getBytes(StandardCharsets.ISO_8859_1)));
            assertThat(message.getSubject()).isEqualTo("[EC2 Docker] web ends in 1d (shop)");
            assertThat(((MimeMultipart) message.getContent()).getBodyPart(0).getContent().toString())
                    .contains("2099-11-21 20:00 UTC", jenkins.getURL() + "job/shop/ec2-docker/deployment/web/");

            reminders = fresh();
            remind(END.minus(Duration.ofHours(23)));
            remind(END.minus(Duration.ofHours(2)));
            remind(END.minus(Duration.ofMinutes(59)));
            assertThat(told.poll(30, TimeUnit.SECONDS)).contains("Mail was sent");
            assertThat(sink.next(10).data()).contains("web ends in 59m");
            assertThat(told).isEmpty();

            StoredDeployment.save("shop", "web", Deployment.Status.LIVE, REJECTED, END.minus(Duration.ofDays(3)),
                    END.plus(Duration.ofDays(2)));
            reminders = fresh();
            remind(END.plus(Duration.ofHours(30)));
            assertThat(told.poll(30, TimeUnit.SECONDS)).as("an end that was put off is reminded of again")
                    .contains("Mail was sent to alice@example.com, ops@example.com.");
        }
    }

    @Test
    void a_mail_server_that_takes_nothing_harms_nothing_and_is_tried_again_later() throws Exception {
        try (SmtpSink sink = sink(SmtpSink.Manner.REFUSES_MAIL)) {
            remind(END.minus(Duration.ofHours(24)));
            assertThat(told.poll(30, TimeUnit.SECONDS)).contains("No mail was sent: ", "451 not today");
            assertThat(LastExecuted.REMINDED.find("shop", "web")).isNull();
            remind(END.minus(Duration.ofHours(24)).plusSeconds(180));
            assertThat(told).isEmpty();
        }
        try (SmtpSink sink = sink(SmtpSink.Manner.TAKES)) {
            remind(END.minus(Duration.ofHours(24)).plusSeconds(1200));
            assertThat(told.poll(30, TimeUnit.SECONDS)).contains("Mail was sent");
            assertThat(LastExecuted.REMINDED.find("shop", "web")).isEqualTo(END.minus(Duration.ofHours(24)));
        }
    }

    @Test
    void nobody_is_reminded_of_what_is_gone_nor_where_administrators_do_not_want_it() throws Exception {
        try (SmtpSink sink = sink(SmtpSink.Manner.TAKES)) {
            Instant soon = END.minus(Duration.ofMinutes(30));
            save(END, Deployment.Status.EMPTY);
            remind(soon);
            save(END, Deployment.Status.LIVE);
            UpkeepConfiguration.get().setRemindBefore("");
            remind(soon);
            UpkeepConfiguration.get().setRemindBefore("1h");
            UpkeepConfiguration.get().setPauseUnattendedWork(true);
            remind(soon);
            UpkeepConfiguration.get().setPauseUnattendedWork(false);
            Ec2DockerConfiguration.get().setMailWhen(MailWhen.NEVER);
            remind(soon);
            Ec2DockerConfiguration.get().setMailWhen(MailWhen.FAILURE);
            remind(soon);

            assertThat(told.poll(30, TimeUnit.SECONDS)).contains("Mail was sent");
            assertThat(sink.next(10)).isNotNull();
            assertThat(told).isEmpty();
        }
    }

    private void remind(Instant now) {
        reminders.remind(now, told::add);
    }

    private static Reminders fresh() {
        return new Reminders(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(20));
    }

    private static void save(Instant end, Deployment.Status status) throws Exception {
        StoredDeployment.save("shop", "web", status, REQUESTER, END.minus(Duration.ofDays(3)), end);
    }

    private static SmtpSink sink(SmtpSink.Manner manner) throws Exception {
        SmtpSink sink = new SmtpSink(manner);
        Mailer.descriptor().setSmtpHost("127.0.0.1");
        Mailer.descriptor().setSmtpPort(sink.port());
        JenkinsLocationConfiguration.get().setAdminAddress("admin@example.com");
        Ec2DockerConfiguration.get().setMailRecipients(List.of("ops@example.com"));
        return sink;
    }
}
