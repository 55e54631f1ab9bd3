package io.jenkins.plugins.ec2docker.jenkins.controller;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.plugins.ec2docker.run.store.Retention;
import java.time.Duration;
import java.util.List;

/** What administrators have decided for what outlives builds. The one that is installed counts; without any, these defaults. */
public interface UpkeepSettings extends ExtensionPoint {

    static UpkeepSettings get() {
        return ExtensionList.lookup(UpkeepSettings.class).stream().findFirst().orElse(new UpkeepSettings() {});
    }

    /** When all deployments are checked for drift, in Jenkins' cron syntax; null for never. */
    @CheckForNull
    default String driftSchedule() {
        return null;
    }

    /** When what runs left in AWS and no deployment knows is removed, in Jenkins' cron syntax; null for never. */
    @CheckForNull
    default String sweepSchedule() {
        return null;
    }

    /** What is younger is never removed by a sweep, nor what belongs to a deployment whose last run began less long ago. */
    default Duration sweepGrace() {
        return Duration.ofHours(24);
    }

    /** How long before a deployment's end its people are reminded of it; empty for never. */
    default List<Duration> remindBefore() {
        return List.of();
    }

    /** How much history of deployments is kept. */
    default Retention history() {
        return Retention.STANDARD;
    }

    /** Label expression of the agents on which runs work that no build starts; null for that of each deployment's last run. */
    @CheckForNull
    default String expiryLabel() {
        return null;
    }

    /** Whether nothing begins that nobody is waiting for, see {@link UnattendedWork}. */
    default boolean pauseUnattendedWork() {
        return false;
    }
}
