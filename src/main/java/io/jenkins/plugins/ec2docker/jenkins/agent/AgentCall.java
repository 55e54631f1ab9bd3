package io.jenkins.plugins.ec2docker.jenkins.agent;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.ec2docker.run.site.RunDirectories;
import java.io.File;
import java.io.IOException;
import jenkins.MasterToSlaveFileCallable;

/** A question that is answered on the agent, from a run's own directory there. Must be small: class files and answer cross the network. */
abstract class AgentCall<T> extends MasterToSlaveFileCallable<T> {

    private static final long serialVersionUID = 1L;

    @Override
    public final T invoke(File directory, VirtualChannel channel) throws IOException, InterruptedException {
        return answer(new RunDirectories(
                directory.toPath().resolve("work"), directory.toPath().resolve("processes")));
    }

    abstract T answer(RunDirectories directories) throws IOException, InterruptedException;
}
