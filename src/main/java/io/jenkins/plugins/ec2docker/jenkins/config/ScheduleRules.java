package io.jenkins.plugins.ec2docker.jenkins.config;

import hudson.scheduler.CronTabList;
import hudson.scheduler.Hash;
import java.util.List;

/** The rules of the settings that say when something is done. Every answer is a list of sentences, empty where all is well. */
final class ScheduleRules {

    private ScheduleRules() {}

    /** Jenkins' own cron syntax; empty for never. */
    static List<String> cron(String schedule) {
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
}
