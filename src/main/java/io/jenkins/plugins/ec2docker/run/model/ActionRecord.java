package io.jenkins.plugins.ec2docker.run.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Instant;

/**
 * One action that a run has started.
 *
 * @param started when it was handed to the shell
 * @param ended when the shell reported it, or null while it is under way
 * @param outcome how it ended, or null while it is under way
 */
public record ActionRecord(Action action, Instant started, @CheckForNull Instant ended, @CheckForNull Outcome outcome) {

    static ActionRecord start(Action action, Instant at) {
        return new ActionRecord(action, at, null, null);
    }

    ActionRecord end(Outcome how, Instant at) {
        return new ActionRecord(action, started, at, how);
    }

    @JsonIgnore
    public boolean isUnderWay() {
        return ended == null;
    }

    @JsonIgnore
    public boolean isDone() {
        return outcome != null && outcome.ok();
    }

    @JsonIgnore
    public boolean isFailed() {
        return outcome != null && !outcome.ok();
    }
}
