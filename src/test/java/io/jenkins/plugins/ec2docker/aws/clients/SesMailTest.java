package io.jenkins.plugins.ec2docker.aws.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.MotoExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MotoExtension.class)
class SesMailTest {
    private static final SessionCredentials KEYS = SessionCredentials.ofUser("AKIATESTTESTTEST4711", "secret");
    private static final byte[] MESSAGE = "From: ec2@example.com\r\nSubject: it runs\r\n\r\nbody".getBytes(UTF_8);

    @Test
    void a_mail_of_a_verified_sender_is_taken(Moto aws) throws Exception {
        aws.verifySender("ec2@example.com");

        new SesMail("eu-central-1", aws.environment()).send(KEYS, "ec2@example.com", List.of("ops@example.com"), MESSAGE);

        assertThat(aws.mails()).contains("ops@example.com", "Subject: it runs");
    }

    @Test
    void what_ses_says_against_a_mail_is_told_in_a_sentence(Moto aws) {
        assertThatThrownBy(() -> new SesMail("eu-central-1", aws.environment())
                .send(KEYS, "nobody@example.com", List.of("ops@example.com"), MESSAGE))
                .isInstanceOf(AwsException.class)
                .hasMessageStartingWith("Amazon SES in eu-central-1 did not take the mail (it says: ")
                .hasMessageContaining("nobody@example.com");
    }
}
