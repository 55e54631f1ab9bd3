package io.jenkins.plugins.ec2docker.jenkins.agent;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.remoting.Channel;
import hudson.remoting.ChannelClosedException;
import hudson.remoting.RequestAbortedException;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.ec2docker.platform.ErrorMessage;
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
public record AgentDirectory(String node, String directory) {

    /** For one answer. A connection that is silent longer is as good as broken; remoting's own pings take four minutes to say so. */
    public static final long SECONDS = 60;
    /** For a question that may have to download providers first. */
    static final long PATIENT_SECONDS = 20 * 60;

    public static AgentDirectory of(FilePath directory) throws IOException {
        Computer computer = directory.toComputer();
        if (computer == null) {
            throw new IOException("The workspace " + directory.getRemote() + " is on no agent of this Jenkins.");
        }
        return new AgentDirectory(computer.getName(), directory.getRemote());
    }

    /** Whether it is on the controller itself. */
    public boolean onController() {
        return node.isEmpty();
    }

    /** As people know it. */
    public String label() {
        return node.isEmpty() ? "built-in node" : "\"" + node + "\"";
    }

    /**
     * @param seconds to wait for the answer
     * @throws AgentOfflineException if there is no answer; the question may have been carried out nevertheless
     * @throws IOException if the answer is a failure
     */
    <T> T ask(MasterToSlaveFileCallable<T> question, long seconds) throws IOException, InterruptedException {
        FilePath path = path();
        VirtualChannel channel = path.getChannel();
        try {
            return path.actAsync(question).get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw AgentOfflineException.away(label(), e);
        } catch (ExecutionException e) {
            throw failure(channel, e.getCause());
        } catch (IOException | RuntimeException e) {
            throw failure(channel, e);
        }
    }

    /** Of the agent itself, whatever launcher a build may have wrapped around it. */
    Launcher launcher() throws AgentOfflineException {
        return known().createLauncher(TaskListener.NULL);
    }

    /** The failure of something that was done there. */
    IOException failure(VirtualChannel channel, Throwable cause) {
        boolean cut = channel instanceof Channel remote && remote.isClosingOrClosed();
        for (Throwable reason = cause; reason != null && !cut; reason = reason.getCause()) {
            cut = reason instanceof ChannelClosedException || reason instanceof RequestAbortedException;
        }
        return cut ? AgentOfflineException.away(label(), cause) : new IOException(ErrorMessage.sentence(cause), cause);
    }

    public FilePath path() throws AgentOfflineException {
        if (node.isEmpty()) {
            return new FilePath(new File(directory));
        }
        FilePath path = known().createPath(directory);
        if (path == null) {
            throw AgentOfflineException.away(label(), null);
        }
        return path;
    }

    /** @throws IOException also where there is no directory that many levels above it */
    public FilePath above(int levels) throws IOException {
        FilePath above = path();
        for (int level = 0; level < levels; level++) {
            above = above.getParent();
            if (above == null) {
                throw new IOException("The directory " + directory + " on the " + label() + " is none of a run.");
            }
        }
        return above;
    }

    Node known() throws AgentOfflineException {
        Node known = node.isEmpty() ? Jenkins.get() : Jenkins.get().getNode(node);
        if (known == null) {
            throw AgentOfflineException.removed(label());
        }
        return known;
    }
}
