package io.jenkins.plugins.ec2docker.jenkins.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;

/** The agent cannot be asked now. What runs on it goes on; so nothing is known to have failed. */
public final class AgentOfflineException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean removed;

    private AgentOfflineException(String message, boolean removed, @CheckForNull Throwable cause) {
        super(message, cause);
        this.removed = removed;
    }

    static AgentOfflineException away(String agent, @CheckForNull Throwable cause) {
        return new AgentOfflineException("Agent " + agent + " cannot be reached.", false, cause);
    }

    static AgentOfflineException removed(String agent) {
        return new AgentOfflineException("Agent " + agent + " does not exist any more.", true, null);
    }

    /** Whether Jenkins does not know the agent any more, so that it will hardly come back. */
    boolean isRemoved() {
        return removed;
    }
}
