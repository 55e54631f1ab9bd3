package io.jenkins.plugins.ec2docker.jenkins.step;

import java.util.stream.Collectors;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/**
 * Why a step ended that no one stopped: a user stopped its run, on the run's page.
 *
 * <p>Stored with builds, the nodes of their Pipelines and programs that hold the exception. An alias would not reach all of these: the class keeps
 * its name and its package.
 */
final class RunInterrupted extends CauseOfInterruption {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    RunInterrupted(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String getShortDescription() {
        return sentence;
    }

    /** Why a step is to stop, in a sentence. */
    static String reason(Throwable cause) {
        String reasons = cause instanceof FlowInterruptedException interrupted
                ? interrupted.getCauses().stream().map(CauseOfInterruption::getShortDescription).collect(Collectors.joining("; "))
                : "";
        return reasons.isEmpty() ? Messages.RunInterrupted_Stopped() : reasons.endsWith(".") ? reasons : reasons + ".";
    }
}
