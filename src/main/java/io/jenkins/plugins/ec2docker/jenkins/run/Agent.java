package io.jenkins.plugins.ec2docker.jenkins.run;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.remoting.Channel;
import hudson.remoting.ChannelClosedException;
import hudson.remoting.RequestAbortedException;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.ec2docker.provisioning.Failures;
import java.io.File;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jenkins.MasterToSlaveFileCallable;
import jenkins.model.Jenkins;

/**
 * A directory on an agent that may be away now and back later: found anew by the agent's name at each question, so that a broken connection
 * or a restart of either side costs no more than the question.
 *
 * @param node name of the agent; empty for the built-in node
 * @param directory path there
 */
record Agent(String node, String directory) {

    /** For one answer. A connection that is silent longer is as good as broken; remoting's own pings take four minutes to say so. */
    static final long SECONDS = 60;
    /** For a question that may have to download providers first. */
    static final long PATIENT_SECONDS = 20 * 60;

    static Agent of(FilePath directory) throws IOException {
        Computer computer = directory.toComputer();
        if (computer == null) {
            throw new IOException("The workspace " + directory.getRemote() + " is on no agent of this Jenkins.");
        }
        return new Agent(computer.getName(), directory.getRemote());
    }

    /** As people know it. */
    String label() {
        return node.isEmpty() ? "built-in node" : "\"" + node + "\"";
    }

    /**
     * @param seconds to wait for the answer
     * @throws AgentUnreachable if there is no answer; the question may have been carried out nevertheless
     * @throws IOException if the answer is a failure
     */
    <T> T ask(MasterToSlaveFileCallable<T> question, long seconds) throws IOException, InterruptedException {
        FilePath path = path();
        VirtualChannel channel = path.getChannel();
        try {
            return path.actAsync(question).get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw AgentUnreachable.away(label(), e);
        } catch (ExecutionException e) {
            throw failure(channel, e.getCause());
        } catch (IOException | RuntimeException e) {
            throw failure(channel, e);
        }
    }

    /** Of the agent itself, whatever launcher a build may have wrapped around it. */
    Launcher launcher() throws AgentUnreachable {
        return known().createLauncher(TaskListener.NULL);
    }

    /** The failure of something that was done there. */
    IOException failure(VirtualChannel channel, Throwable cause) {
        boolean cut = channel instanceof Channel remote && remote.isClosingOrClosed();
        for (Throwable reason = cause; reason != null && !cut; reason = reason.getCause()) {
            cut = reason instanceof ChannelClosedException || reason instanceof RequestAbortedException;
        }
        return cut ? AgentUnreachable.away(label(), cause) : new IOException(Failures.sentence(cause), cause);
    }

    FilePath path() throws AgentUnreachable {
        if (node.isEmpty()) {
            return new FilePath(new File(directory));
        }
        FilePath path = known().createPath(directory);
        if (path == null) {
            throw AgentUnreachable.away(label(), null);
        }
        return path;
    }

    Node known() throws AgentUnreachable {
        Node known = node.isEmpty() ? Jenkins.get() : Jenkins.get().getNode(node);
        if (known == null) {
            throw AgentUnreachable.removed(label());
        }
        return known;
    }
}
