package io.jenkins.plugins.ec2docker.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.ec2docker.aws.access.Secret;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.session.AssumedRole;
import io.jenkins.plugins.ec2docker.aws.session.RoleSessionRequest;
import io.jenkins.plugins.ec2docker.aws.session.StsCallerIdentityLookup;
import io.jenkins.plugins.ec2docker.aws.session.StsRoleSessions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sentinels in every secret place; none may come out anywhere that a person or a log can see. */
class SecretsStayHiddenTest {
    private static final String SENTINEL = "SENTINEL";
    private static final SessionCredentials BASE = new SessionCredentials(
            "ASIATESTTESTTEST4711", new Secret("SENTINEL-of-the-secret-key"), new Secret("SENTINEL-of-the-session-token"), null);
    private static final RoleSessionRequest REQUEST = new RoleSessionRequest(
            "arn:aws:iam::123456789012:role/provisioner", "external", "name", Map.of("job", "shop"), 7200);

    private final List<String> logged = new ArrayList<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final Handler ear = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry.getMessage() + " " + entry.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        Logger.getLogger("").addHandler(ear);
        PrintStream recorder = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(recorder);
        System.setErr(recorder);
    }

    @AfterEach
    void stopListening() {
        System.setOut(out);
        System.setErr(err);
        Logger.getLogger("").removeHandler(ear);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "signature-with-token", "assume-role-denied", "expired-token", "invalid-client-token", "duration-chained", "not-aws",
        "internal-failure", "throttled"
    })
    void a_refusal_shows_none_in_message_trace_or_causes(String answer) {
        try (AwsWire aws = new AwsWire().thenRecorded(answer)) {
            AwsException refusal =
                    catchThrowableOfType(AwsException.class, () -> new StsRoleSessions(aws.settings()).assume(BASE, REQUEST));
            StringWriter trace = new StringWriter();
            refusal.printStackTrace(new PrintWriter(trace));

            assertThat(trace.toString()).contains(AwsException.class.getSimpleName(), "StsException").doesNotContain(SENTINEL);
        }
        assertNothingSeen();
    }

    @Test
    void the_answer_that_quotes_the_token_really_does() {
        // Otherwise the test above would prove nothing for it.
        try (AwsWire aws = new AwsWire().thenRecorded("signature-with-token")) {
            assertThat(catchThrowableOfType(AwsException.class, () -> new StsCallerIdentityLookup(aws.settings()).check(BASE))
                    .getCause()
                    .getMessage())
                    .contains("x-amz-security-token:****");
        }
    }

    @Test
    void an_emulators_short_secret_does_not_tear_holes_into_sentences() {
        SessionCredentials emulators = SessionCredentials.ofUser("test", "test");
        try (AwsWire aws = new AwsWire().thenRecorded("clock-behind")) {
            assertThat(catchThrowableOfType(AwsException.class, () -> new StsCallerIdentityLookup(aws.settings()).check(emulators)))
                    .hasMessageNotContaining("****");
        }
    }

    @Test
    void a_session_shows_none() throws Exception {
        try (AwsWire aws = new AwsWire().thenRecorded("tag-session-denied").thenRecorded("assume-role")) {
            AssumedRole assumed = new StsRoleSessions(aws.settings()).assume(BASE, REQUEST);

            assertThat(assumed.credentials().secretAccessKey().reveal()).isEqualTo("answered-secret-key");
            assertThat(assumed.toString()).doesNotContain("answered-secret-key", "answered-session-token", SENTINEL);
        }
        assertNothingSeen();
    }

    private void assertNothingSeen() {
        assertThat(logged).noneMatch(entry -> entry.contains(SENTINEL) || entry.contains("answered-"));
        assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain(SENTINEL, "answered-");
    }
}
