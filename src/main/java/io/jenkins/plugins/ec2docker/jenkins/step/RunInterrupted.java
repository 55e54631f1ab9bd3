package io.jenkins.plugins.ec2docker.jenkins.step;

import jenkins.model.CauseOfInterruption;

/** Why a step ended that nobody stopped: somebody stopped its run, on the run's page. */
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
}
