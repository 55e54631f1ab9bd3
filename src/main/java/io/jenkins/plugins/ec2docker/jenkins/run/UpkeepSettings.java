package io.jenkins.plugins.ec2docker.jenkins.run;

import hudson.ExtensionList;
import hudson.ExtensionPoint;

/** What administrators have decided for what outlives builds. The one that is installed counts; without any, these defaults. */
public interface UpkeepSettings extends ExtensionPoint {

    static UpkeepSettings get() {
        return ExtensionList.lookup(UpkeepSettings.class).stream().findFirst().orElse(new UpkeepSettings() {});
    }

    /** When all deployments are checked for drift, in Jenkins' cron syntax; null for never. */
    default String driftSchedule() {
        return null;
    }
}
