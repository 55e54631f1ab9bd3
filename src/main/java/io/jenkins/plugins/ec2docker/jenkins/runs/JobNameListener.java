package io.jenkins.plugins.ec2docker.jenkins.runs;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDirectories;

/**
 * Lets deployments follow their job when it, or a folder above it, is renamed or moved. What belongs to a deleted job stays under its name,
 * because it may still be in AWS, until another job gets the name: whoever made that one need not have been allowed to use the first.
 */
@Extension
public final class JobNameListener extends ItemListener {

    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        JobDirectories.get().rename(oldFullName, newFullName).forEach(ActiveRuns.get()::moved);
    }

    @Override
    public void onCreated(Item item) {
        JobDirectories.get().setApart(item.getFullName()).forEach(ActiveRuns.get()::moved);
    }
}
