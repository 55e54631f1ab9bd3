package io.jenkins.plugins.ec2docker.jenkins.run;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.ec2docker.provisioning.TerraformDirectories;
import java.io.File;
import java.io.IOException;
import jenkins.MasterToSlaveFileCallable;

/** A question that is answered on the agent, from a run's own directory there. Must be small: class files and answer cross the network. */
abstract class AgentQuestion<T> extends MasterToSlaveFileCallable<T> {

    private static final long serialVersionUID = 1L;

    @Override
    public final T invoke(File directory, VirtualChannel channel) throws IOException, InterruptedException {
        return answer(new TerraformDirectories(
                directory.toPath().resolve("work"), directory.toPath().resolve("processes")));
    }

    abstract T answer(TerraformDirectories directories) throws IOException, InterruptedException;
}
