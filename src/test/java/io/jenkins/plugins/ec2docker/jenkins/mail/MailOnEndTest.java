package io.jenkins.plugins.ec2docker.jenkins.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.ExtensionList;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.TopLevelItem;
import hudson.tasks.Mailer;
import io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerConfiguration;
import io.jenkins.plugins.ec2docker.jenkins.config.MailWhen;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunEventListener;
import io.jenkins.plugins.ec2docker.jenkins.store.BuildRunFiles;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.testing.Moto;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import jenkins.model.JenkinsLocationConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Over the wire, to a mail server that behaves or does not. */
@WithJenkins
class MailOnEndTest {

    private static JenkinsRule j;

    private MailOnEnd mail = new MailOnEnd(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(4));
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @BeforeAll
    static void one_jenkins_for_all(JenkinsRule rule) {
        j = rule;
    }

    @AfterEach
    void leave_no_job_and_no_setting() throws Exception {
        for (TopLevelItem job : j.jenkins.getItems()) {
            job.delete();
        }
        Ec2DockerConfiguration settings = Ec2DockerConfiguration.get();
        settings.setMailWhen(MailWhen.ALWAYS);
        settings.setMailFrom(null);
        settings.setMailRecipients(List.of());
        settings.setAwsEndpoint(null);
        settings.setSesRegion(null);
        settings.setSesCredentialsId(null);
    }

    @Test
    void it_is_one_of_the_observers_of_runs() {
        assertThat(ExtensionList.lookup(RunEventListener.class)).hasAtLeastOneElementOfType(MailOnEnd.class);
    }

    @Test
    void success_is_told_with_endpoints_expiry_and_link() throws Exception {
        try (SmtpSink sink = sink(SmtpSink.Manner.TAKES)) {
            FreeStyleBuild build = build("web");

            end(build, SampleRuns.success());

            SmtpSink.Delivery delivery = sink.next(30);
            assertThat(delivery.recipients()).containsExactly("ops@example.com", "on-call@example.com");
            MimeMessage message = delivery.message();
            assertThat(message.getSubject()).isEqualTo("[EC2 Docker] web-shop is running (web #1)");
            assertThat(message.getFrom()[0]).hasToString("ec2-docker@example.com");
            assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat(part(message, 0, "text/plain"))
                    .contains("http://203.0.113.7:80/", "203.0.113.7", "2026-11-21 20:00 UTC", j.getURL() + "job/web/1/");
            assertThat(part(message, 1, "text/html")).contains("<a href=\"" + j.getURL() + "job/web/1/\">");
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("Mail was sent to ops@example.com, on-call@example.com.");
        }
    }

    @Test
    void amazon_ses_sends_it_where_a_region_is_configured() throws Exception {
        mail = new MailOnEnd();
        try (Moto aws = Moto.start()) {
            aws.verifySender("ec2-docker@example.com");
            configure("1");
            addCredentials();
            Ec2DockerConfiguration.get().setAwsEndpoint(aws.endpoint().toString());
            Ec2DockerConfiguration.get().setSesRegion(Moto.REGION.id());
            Ec2DockerConfiguration.get().setSesCredentialsId("ses");

            end(build("web"), SampleRuns.success());

            assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo("Mail was sent to ops@example.com, on-call@example.com.");
            assertThat(aws.mails()).contains("ops@example.com", "on-call@example.com", "[EC2 Docker] web-shop is running (web #1)");

            Ec2DockerConfiguration.get().setMailFrom("nobody@example.com");
            end(build("other"), SampleRuns.success());

            assertThat(told.poll(30, TimeUnit.SECONDS))
                    .startsWith("No mail was sent: Amazon SES in eu-central-1 did not take the mail (it says: ");
        }
    }

    @Test
    void what_became_of_it_is_a_line_of_the_runs_log() throws Exception {
        try (SmtpSink sink = sink(SmtpSink.Manner.TAKES);
                WatchService watch = FileSystems.getDefault().newWatchService()) {
            FreeStyleBuild build = build("web");
            RunReport report = SampleRuns.success();
            Path log = BuildRunFiles.of(build, report.run().id()).log();
            Files.createDirectories(log.getParent());
            Files.writeString(log, "2026-11-21T12:00:00.000Z info Done.\n");
            log.getParent().register(watch, StandardWatchEventKinds.ENTRY_MODIFY);

            mail.ended(SampleRuns.live(report, "alice"), build, report);

            assertThat(watch.poll(30, TimeUnit.SECONDS)).isNotNull();
            assertThat(Files.readAllLines(log))
                    .hasSize(2)
                    .element(1).asString()
                    .matches("[-0-9]+T[0-9:]+(\\.[0-9]+)?Z info Mail was sent to ops@example.com, on-call@example.com\\.");
        }
    }

    @Test
    void failure_is_told_with_its_message_escaped_in_html() throws Exception {
        try (SmtpSink sink = sink(SmtpSink.Manner.TAKES)) {
            end(build("web"), SampleRuns.failure());

            MimeMessage message = sink.next(30).message();
            assertThat(message.getSubject()).contains("web-shop failed");
            assertThat(part(message, 0, "text/plain")).contains("AWS refused the instance: <no quota> & more.",
                    "still has resources in AWS");
            assertThat(part(message, 1, "text/html")).contains("&lt;no quota&gt; &amp; more.");
        }
    }

    @Test
    void a_job_with_a_hostile_name_adds_no_header_and_no_recipient() throws Exception {
        try (SmtpSink sink = sink(SmtpSink.Manner.TAKES)) {
            FreeStyleBuild build = build("web");
            build.getParent().setDisplayName("web ü\r\nBcc: victim@example.com\r\n\r\nbody");

            end(build, SampleRuns.success());

            SmtpSink.Delivery delivery = sink.next(30);
            MimeMessage message = delivery.message();
            assertThat(delivery.recipients()).containsExactly("ops@example.com", "on-call@example.com");
            assertThat(message.getHeader("Bcc")).isNull();
            assertThat(message.getSubject()).contains("web ü\\r\\nBcc: victim@example.com");
        }
    }

    @Test
    void a_build_that_was_deleted_meanwhile_is_told_without_link() throws Exception {
        try (SmtpSink sink = sink(SmtpSink.Manner.TAKES)) {
            end(null, SampleRuns.success());

            assertThat(part(sink.next(30).message(), 0, "text/plain")).contains("web #1").doesNotContain(j.getURL().toString());
        }
    }

    @Test
    void nobody_is_told_of_plans_nor_of_what_the_administrator_does_not_want_told() throws Exception {
        try (SmtpSink sink = sink(SmtpSink.Manner.TAKES)) {
            FreeStyleBuild build = build("web");
            end(build, SampleRuns.report(Purpose.PLAN, RunResult.Status.SUCCEEDED, "a-plan", "m", false));
            Ec2DockerConfiguration.get().setMailWhen(MailWhen.NEVER);
            end(build, SampleRuns.failure());
            Ec2DockerConfiguration.get().setMailWhen(MailWhen.FAILURE);
            end(build, SampleRuns.success());
            end(build, SampleRuns.report(Purpose.DESTROY, RunResult.Status.FAILED, "the-one", "m", true));

            assertThat(sink.next(30).message().getSubject()).contains("the-one could not be destroyed");
            assertThat(told.poll(10, TimeUnit.SECONDS)).isNotNull();
            assertThat(told).isEmpty();
        }
    }

    @Test
    void without_recipients_nothing_is_sent_and_nothing_said() throws Exception {
        try (SmtpSink sink = sink(SmtpSink.Manner.TAKES)) {
            Ec2DockerConfiguration.get().setMailRecipients(List.of());
            end(build("web"), SampleRuns.success());
            Ec2DockerConfiguration.get().setMailRecipients(List.of("ops@example.com"));
            end(null, SampleRuns.success());

            assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo("Mail was sent to ops@example.com.");
        }
    }

    @Test
    void an_address_that_the_server_does_not_take_keeps_the_mail_from_no_other() throws Exception {
        try (SmtpSink sink = sink(SmtpSink.Manner.REFUSES_NOBODY)) {
            Ec2DockerConfiguration.get().setMailRecipients(List.of("nobody@example.com", "ops@example.com"));

            end(build("web"), SampleRuns.success());

            assertThat(sink.next(30).recipients()).containsExactly("ops@example.com");
            assertThat(told.poll(10, TimeUnit.SECONDS)).contains("nobody@example.com").contains("550 no such user").doesNotContain("\n");
        }
    }

    @Test
    void a_server_that_never_answers_costs_the_caller_nothing_and_is_named() throws Exception {
        hears(SmtpSink.Manner.SILENT, "does not answer");
    }

    @Test
    void a_server_that_hangs_up_is_named() throws Exception {
        hears(SmtpSink.Manner.HANGS_UP, "The mail server 127.0.0.1:");
    }

    @Test
    void a_server_that_takes_no_mail_is_quoted() throws Exception {
        hears(SmtpSink.Manner.REFUSES_MAIL, "451 not today");
    }

    @Test
    void a_server_that_speaks_for_ever_is_given_up() throws Exception {
        hears(SmtpSink.Manner.DRIPS, "longer than 4 seconds");
    }

    @Test
    void a_server_that_is_not_there_is_named() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        configure(String.valueOf(port));

        end(build("web"), SampleRuns.success());

        assertThat(told.poll(30, TimeUnit.SECONDS)).contains("127.0.0.1:" + port).contains("Connection refused").doesNotContain("\n");
    }

    @Test
    void mails_that_pile_up_before_a_hanging_server_are_bounded_in_number_and_time() throws Exception {
        try (SmtpSink sink = sink(SmtpSink.Manner.DRIPS)) {
            FreeStyleBuild build = build("web");
            Set<Thread> before = mailThreads();

            long start = System.nanoTime();
            for (int i = 0; i < 500; i++) {
                end(build, SampleRuns.success());
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            Set<Thread> now = new HashSet<>(mailThreads());
            now.removeAll(before);
            assertThat(now).hasSizeLessThanOrEqualTo(2);

            List<String> all = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                all.add(told.poll(30, TimeUnit.SECONDS));
            }
            assertThat(all).doesNotContainNull().allMatch(line -> line.startsWith("No mail was sent: "));
            assertThat(all).filteredOn(line -> line.contains("200 mails waiting")).hasSizeBetween(298, 300);
        }
    }

    private static Set<Thread> mailThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("EC2 Docker mail"))
                .collect(Collectors.toSet());
    }

    private void hears(SmtpSink.Manner manner, String sentence) throws Exception {
        try (SmtpSink sink = sink(manner)) {
            FreeStyleBuild build = build("web");
            long start = System.nanoTime();
            end(build, SampleRuns.success());
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));

            assertThat(told.poll(30, TimeUnit.SECONDS))
                    .startsWith("No mail was sent: ")
                    .contains(sentence)
                    .endsWith("The run is not affected.")
                    .doesNotContain("\n", "\t", "Exception");
            assertThat(told.poll(100, TimeUnit.MILLISECONDS)).isNull();
        }
    }

    private void end(FreeStyleBuild build, RunReport report) {
        mail.ended(SampleRuns.live(report, "alice (web #1)"), build, report, told::add);
    }

    private static SmtpSink sink(SmtpSink.Manner manner) throws Exception {
        SmtpSink sink = new SmtpSink(manner);
        configure(sink.port());
        return sink;
    }

    private static void addCredentials() throws Exception {
        SystemCredentialsProvider store = SystemCredentialsProvider.getInstance();
        store.getCredentials().add(new AWSCredentialsImpl(CredentialsScope.GLOBAL, "ses", "AKIAIOSFODNN7EXAMPLE", "secret", "test"));
        store.save();
    }

    private static void configure(String port) {
        Mailer.descriptor().setSmtpHost("127.0.0.1");
        Mailer.descriptor().setSmtpPort(port);
        JenkinsLocationConfiguration.get().setAdminAddress("admin@example.com");
        Ec2DockerConfiguration.get().setMailFrom("ec2-docker@example.com");
        Ec2DockerConfiguration.get().setMailRecipients(List.of("ops@example.com", "on-call@example.com"));
    }

    private static FreeStyleBuild build(String name) throws Exception {
        FreeStyleProject job = j.createFreeStyleProject(name);
        return j.buildAndAssertSuccess(job);
    }

    private static String part(MimeMessage message, int index, String type) throws Exception {
        assertThat(message.getContentType()).startsWith("multipart/alternative");
        assertThat(((MimeMultipart) message.getContent()).getBodyPart(index).getContentType()).startsWith(type);
        return ((MimeMultipart) message.getContent()).getBodyPart(index).getContent().toString();
    }
}
