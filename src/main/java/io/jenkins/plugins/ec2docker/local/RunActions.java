package io.jenkins.plugins.ec2docker.local;

import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.run.model.Outcome;
import io.jenkins.plugins.ec2docker.run.model.ProvisioningRun;

/** The hands of a run: carries actions out where Terraform, AWS and the disk are. */
public interface RunActions {

    /**
     * Carries one action out and waits for its end. Called on a thread of its own for each action.
     *
     * @return how it ended; an exception that is thrown instead counts as a failure, with its message as the sentence
     */
    Outcome perform(Action action, ProvisioningRun run) throws Exception;

    /**
     * Asks what is under way to stop: Terraform gets one interrupt and is then left to save its state; waiting for a service or a person
     * ends at once. May be called again; nothing gets a second interrupt.
     */
    void interrupt();

    /** The run has taken another form, which must be on disk before anything else happens. */
    void remember(ProvisioningRun run) throws Exception;
}
