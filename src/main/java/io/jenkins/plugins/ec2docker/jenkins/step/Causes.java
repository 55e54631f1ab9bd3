package io.jenkins.plugins.ec2docker.jenkins.step;

import java.util.stream.Collectors;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** Says in a sentence why a step was stopped. */
final class Causes {
    private Causes() {}

    static String sentence(Throwable cause) {
        String reasons = cause instanceof FlowInterruptedException interrupted
                ? interrupted.getCauses().stream().map(CauseOfInterruption::getShortDescription).collect(Collectors.joining("; "))
                : "";
        return reasons.isEmpty() ? Messages.Causes_Stopped() : reasons;
    }
}
