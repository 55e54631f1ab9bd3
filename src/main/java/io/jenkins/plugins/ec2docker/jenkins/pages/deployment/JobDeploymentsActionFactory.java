package io.jenkins.plugins.ec2docker.jenkins.pages.deployment;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Job;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;

/** Gives a job its page of deployments once it has had one. Asked often, so it only looks whether there is a store. */
@Extension
@SuppressWarnings("rawtypes")
public final class JobDeploymentsActionFactory extends TransientActionFactory<Job> {

    @Override
    public Class<Job> type() {
        return Job.class;
    }

    @Override
    public Collection<? extends Action> createFor(Job job) {
        return JobDeployments.areThere(job) ? List.of(new JobDeploymentsAction(job)) : List.of();
    }
}
