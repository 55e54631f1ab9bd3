package io.jenkins.plugins.ec2docker.jenkins.mail;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.Mailer;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerConfiguration;
import io.jenkins.plugins.ec2docker.jenkins.credentials.ControllerCredentials;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Properties;
import jenkins.model.JenkinsLocationConfiguration;
import jenkins.plugins.mailer.tasks.MailAddressFilter;
import jenkins.plugins.mailer.tasks.MimeMessageBuilder;

/**
 * Sends by the mail server of the Mailer plugin, with that plugin's filters of recipients, but with less patience; or by Amazon SES, where
 * administrators have given a region.
 */
final class MailPost {

    /** Mailer's own limits are a minute each; nobody waits for this mail, but a thread does. */
    private final Duration connect;
    /** For each silence of the server. */
    private final Duration answer;

    MailPost(Duration connect, Duration answer) {
        this.connect = connect;
        this.answer = answer;
    }

    /**
     * @param from sender; null for Jenkins' administrator
     * @param build for the filters; null where it is gone
     * @return to how many addresses it was sent; none where the filters leave none
     */
    int send(RunMail mail, @CheckForNull String from, @CheckForNull Run<?, ?> build) throws MessagingException, IOException, AwsException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Jakarta Mail finds its transports and content handlers by the thread's loader, which here would be whichever started the thread.
        thread.setContextClassLoader(MimeMessage.class.getClassLoader());
        try {
            MimeMessage message = message(mail, from, build);
            Address[] to = message.getAllRecipients();
            if (to == null || to.length == 0) {
                return 0;
            }
            Ec2DockerConfiguration settings = Ec2DockerConfiguration.get();
            String region = settings.getSesRegion();
            if (region == null) {
                Transport.send(message);
            } else {
                sendBySes(settings, region, message, to);
            }
            return to.length;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void sendBySes(Ec2DockerConfiguration settings, String region, MimeMessage message, Address[] to)
            throws MessagingException, IOException, AwsException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        message.writeTo(whole);
        ControllerCredentials.ses(region)
                .send(
                        ControllerCredentials.keys(settings.getSesCredentialsId(), region),
                        message.getFrom()[0].toString(),
                        Arrays.stream(to).map(Address::toString).toList(),
                        whole.toByteArray());
    }

    private MimeMessage message(RunMail mail, @CheckForNull String from, @CheckForNull Run<?, ?> build)
            throws MessagingException, IOException {
        String utf8 = StandardCharsets.UTF_8.name();
        MimeMessageBuilder builder = new MimeMessageBuilder()
                .setCharset(utf8)
                .setFrom(from == null ? JenkinsLocationConfiguration.get().getAdminAddress() : from)
                .addRecipients(String.join(",", mail.to()));
        String replyTo = Mailer.descriptor().getReplyToAddress();
        if (replyTo != null && !replyTo.isBlank()) {
            builder.setReplyTo(replyTo);
        }
        if (build != null) {
            builder.setRecipientFilter(all -> MailAddressFilter.filterRecipients(build, TaskListener.NULL, all));
        }
        MimeMessage message = builder.buildMimeMessage();
        message.setSubject(mail.subject(), utf8);
        // RFC 3834: keeps out-of-office replies away.
        message.setHeader("Auto-Submitted", "auto-generated");
        MimeBodyPart text = new MimeBodyPart();
        text.setText(mail.text(), utf8, "plain");
        MimeBodyPart html = new MimeBodyPart();
        html.setText(mail.html(), utf8, "html");
        message.setContent(new MimeMultipart("alternative", text, html));
        limit(message.getSession().getProperties());
        return message;
    }

    private void limit(Properties session) {
        session.put("mail.smtp.connectiontimeout", String.valueOf(connect.toMillis()));
        session.put("mail.smtp.timeout", String.valueOf(answer.toMillis()));
        session.put("mail.smtp.writetimeout", String.valueOf(answer.toMillis()));
        session.put("mail.smtp.quitwait", "false");
        // One address that the server does not take does not keep the mail from the others.
        session.put("mail.smtp.sendpartial", "true");
    }
}
