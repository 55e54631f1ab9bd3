package io.jenkins.plugins.ec2docker.jenkins.mail;

import hudson.tasks.Mailer;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.SendFailedException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Why a mail was not sent, as one sentence. */
final class PostFailure {

    private static final int LONGEST = 300;

    private PostFailure() {}

    static String sentence(Throwable failure) {
        if (failure instanceof AwsException) {
            return RunMail.line(failure.getMessage(), LONGEST);
        }
        String server = server();
        if (failure instanceof AuthenticationFailedException) {
            return Messages.Failure_Login(server);
        }
        if (failure instanceof SendFailedException refused && refused.getInvalidAddresses() != null) {
            return Messages.Failure_Refused(server, list(refused.getInvalidAddresses()), said(last(failure)));
        }
        Throwable root = last(failure);
        if (root instanceof SocketTimeoutException) {
            return Messages.Failure_Silent(server);
        }
        return root instanceof IOException ? Messages.Failure_Unreachable(server, said(root)) : Messages.Failure_Other(server, said(root));
    }

    private static String server() {
        Mailer.DescriptorImpl mailer = Mailer.descriptor();
        String host = mailer.getSmtpHost();
        String port = mailer.getSmtpPort();
        return RunMail.line((host == null ? "localhost" : host) + (port == null ? "" : ":" + port), LONGEST);
    }

    private static Throwable last(Throwable failure) {
        Throwable last = failure;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return last;
    }

    private static String said(Throwable cause) {
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage().strip();
        return RunMail.line(message.replaceAll("\\s+", " "), LONGEST);
    }

    private static String list(Address[] addresses) {
        return Arrays.stream(addresses).map(address -> RunMail.line(address.toString(), LONGEST)).collect(Collectors.joining(", "));
    }
}
