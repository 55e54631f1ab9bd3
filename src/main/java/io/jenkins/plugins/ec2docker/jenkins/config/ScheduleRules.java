package io.jenkins.plugins.ec2docker.jenkins.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Label;
import hudson.scheduler.CronTabList;
import hudson.scheduler.Hash;
import io.jenkins.plugins.ec2docker.request.values.DurationFormat;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The rules of the settings that say when something is done. Every answer is a list of sentences, empty where all is well. */
final class ScheduleRules {

    private static final Duration SHORTEST_GRACE = Duration.ofHours(1);
    private static final Duration SHORTEST_REMINDER = Duration.ofMinutes(5);
    private static final Duration LONGEST_GRACE = Duration.ofDays(90);

    private ScheduleRules() {}

    /** Jenkins' own cron syntax; empty for never. */
    static List<String> cron(@CheckForNull String schedule) {
        if (schedule == null || schedule.isBlank()) {
            return List.of();
        }
        try {
            CronTabList.create(schedule.strip(), Hash.zero());
            return List.of();
        } catch (IllegalArgumentException e) {
            return List.of(Messages.Rules_Cron(schedule.strip(), String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
        }
    }

    /** How old what a sweep removes has to be. A run takes minutes: what it has just made must never look left over. */
    static List<String> grace(@CheckForNull String text) {
        Duration grace = text == null ? null : DurationFormat.parse(text.strip()).orElse(null);
        return grace != null && grace.compareTo(SHORTEST_GRACE) >= 0 && grace.compareTo(LONGEST_GRACE) <= 0
                ? List.of()
                : List.of(Messages.Rules_Duration(text, DurationFormat.format(SHORTEST_GRACE), DurationFormat.format(LONGEST_GRACE)));
    }

    /** Durations with commas between them; empty for none. */
    static List<String> durations(@CheckForNull String text) {
        return split(text).stream()
                .filter(each -> DurationFormat.parse(each)
                        .filter(one -> one.compareTo(SHORTEST_REMINDER) >= 0 && one.compareTo(LONGEST_GRACE) <= 0)
                        .isEmpty())
                .map(each -> Messages.Rules_Duration(each, DurationFormat.format(SHORTEST_REMINDER), DurationFormat.format(LONGEST_GRACE)))
                .toList();
    }

    static List<String> split(@CheckForNull String text) {
        return text == null ? List.of() : Stream.of(text.split(",")).map(String::strip).filter(each -> !each.isEmpty()).toList();
    }

    /** A label expression of Jenkins; empty for none. Whether an agent has it, is not asked. */
    static List<String> label(@CheckForNull String expression) {
        if (expression == null || expression.isBlank()) {
            return List.of();
        }
        try {
            Label.parseExpression(expression.strip());
            return List.of();
        } catch (IllegalArgumentException e) {
            return List.of(Messages.Rules_Label(expression.strip(), String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
        }
    }
}
