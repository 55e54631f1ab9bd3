package io.jenkins.plugins.ec2docker.jenkins.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Remembers since when a run's agent is away, and tells people once that it is and once that it is back. */
public final class AgentAvailability {

    private static final Duration AGAIN = Duration.ofSeconds(2);
    /** An agent that was removed may be created again under its name, as when configuration is reloaded; not much later than this. */
    private static final Duration GIVEN_UP = Duration.ofMinutes(10);

    private final AgentSite site;
    private final Log log;
    private final Clock clock;
    @CheckForNull
    private volatile Instant since;

    /** Where people read what became of the agent. */
    public interface Log {
        void info(String text);

        void warn(String text);

        void error(String text);
    }

    public AgentAvailability(AgentSite site, Log log, Clock clock) {
        this.site = site;
        this.log = log;
        this.clock = clock;
    }

    /** Null while it can be reached. Never waits, unlike the methods below, which write to a log. */
    @CheckForNull
    public Instant awaySince() {
        return since;
    }

    /** @return when to ask again */
    public synchronized Duration away(AgentOfflineException failure) {
        Instant now = clock.instant();
        Instant begun = since;
        if (begun == null) {
            begun = now;
            since = now;
            log.warn(failure.getMessage() + " Terraform goes on there by itself; waiting for the agent to come back.");
        }
        if (failure.isRemoved() && now.isAfter(begun.plus(GIVEN_UP))) {
            log.error(failure.getMessage() + " What Terraform did there last is not known; the state is kept as it was seen last.");
            site.giveUp();
        }
        return AGAIN;
    }

    public synchronized void back() {
        if (since != null && !site.isLost()) {
            log.info("Agent " + site.agent().label() + " is back.");
            since = null;
        }
    }
}
