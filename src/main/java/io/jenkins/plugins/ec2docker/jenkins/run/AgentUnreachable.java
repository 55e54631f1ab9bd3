package io.jenkins.plugins.ec2docker.jenkins.run;

import java.io.IOException;

/** The agent cannot be asked now. What runs on it goes on; so nothing is known to have failed. */
final class AgentUnreachable extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean removed;

    private AgentUnreachable(String message, boolean removed, Throwable cause) {
        super(message, cause);
        this.removed = removed;
    }

    static AgentUnreachable away(String agent, Throwable cause) {
        return new AgentUnreachable("Agent " + agent + " cannot be reached.", false, cause);
    }

    static AgentUnreachable removed(String agent) {
        return new AgentUnreachable("Agent " + agent + " does not exist any more.", true, null);
    }

    /** Whether Jenkins does not know the agent any more, so that it will hardly come back. */
    boolean isRemoved() {
        return removed;
    }
}
