package io.jenkins.plugins.ec2docker.jenkins.runs;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.jenkins.plugins.ec2docker.jenkins.controller.UnattendedWork;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;

/** Keeps the store bound to this controller, and lets what waited begin once unattended work may: after a pause, or a shutdown called off. */
@Extension
public final class ControllerHeartbeat extends AsyncPeriodicWork {

    public ControllerHeartbeat() {
        super("EC2 Docker controller");
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(1);
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }

    @Override
    protected void execute(TaskListener listener) {
        UnattendedWork.get().keep();
        ActiveRuns.get().beginWhatMay();
    }
}
