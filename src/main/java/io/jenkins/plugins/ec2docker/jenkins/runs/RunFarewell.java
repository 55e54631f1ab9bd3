package io.jenkins.plugins.ec2docker.jenkins.runs;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.values.DurationFormat;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The last lines of a run on the console: where its deployment answers, until when, and where there is more to read. Pure. */
final class RunFarewell {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private RunFarewell() {}

    /**
     * @param page where the run's page is; null where it has none
     * @param now when the run ended
     */
    static List<String> lines(RunReport report, @CheckForNull String page, Instant now) {
        List<String> lines = new ArrayList<>();
        Deployment deployment = report.deployment();
        if (report.run().purpose() != Purpose.PLAN && !deployment.isGone()) {
            Stream.of("url", "public_dns", "public_ip", "private_ip").map(deployment.outputs()::get)
                    .filter(value -> value != null && value.isTextual() && !value.asText().isBlank()).map(JsonNode::asText).findFirst()
                    .ifPresent(address -> lines.add("Address: " + address));
            lines.add("Expires: " + expiry(deployment.expires(), now));
        }
        if (page != null) {
            lines.add("Run page: " + page);
        }
        return lines;
    }

    private static String expiry(@CheckForNull Instant expires, Instant now) {
        if (expires == null) {
            return "never";
        }
        Duration left = Duration.ofMinutes(Duration.between(now, expires).toMinutes());
        return MINUTE.format(expires) + (left.isNegative() || left.isZero() ? "" : ", in " + DurationFormat.format(left));
    }
}
