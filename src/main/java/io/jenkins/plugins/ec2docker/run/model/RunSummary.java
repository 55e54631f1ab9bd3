package io.jenkins.plugins.ec2docker.run.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Instant;

/**
 * What a deployment's history keeps of a run.
 *
 * @param by who asked for it, as the shell knows them
 * @param ended null while the run is under way, or when it never came to its end
 * @param status {@link RunResult.Status} as text, or null like {@code ended}
 * @param message the run's last sentence, or null like {@code ended}
 * @param content tells by equality whether two runs were given the same (request and users file); null before something was applied
 * @param unsettled whether there may be something in AWS that the run created, but that its Terraform could not save
 * @param backTo the run whose request a rollback brings back; null for every other run
 * @param build number of the build that it was started from; null where there was none, and for runs of earlier versions
 */
public record RunSummary(
        String id,
        Purpose purpose,
        String by,
        Instant started,
        @CheckForNull Instant ended,
        @CheckForNull String status,
        @CheckForNull String message,
        @CheckForNull String content,
        boolean unsettled,
        @CheckForNull String backTo,
        @CheckForNull Integer build) {

    public static RunSummary begin(String id, Purpose purpose, String by, Instant started) {
        return new Builder(id, purpose, by, started).build();
    }

    /** Whether it brought the deployment to a request, and that was verified: then one can come back to it. */
    @JsonIgnore
    public boolean isGood() {
        return purpose.provisions() && RunResult.Status.SUCCEEDED.text().equals(status);
    }

    /** @param unsaved whether there may be something in AWS that its Terraform could not save */
    public RunSummary end(RunResult result, boolean unsaved, Instant at) {
        Builder ended = toBuilder();
        ended.ended = at;
        ended.status = result.status().text();
        ended.message = result.message();
        ended.unsettled = unsaved;
        return ended.build();
    }

    /** From here on the run may create something. */
    public RunSummary given(String digest) {
        Builder given = toBuilder();
        given.content = digest;
        given.unsettled = true;
        return given.build();
    }

    RunSummary settled() {
        Builder settled = toBuilder();
        settled.unsettled = false;
        return settled.build();
    }

    public RunSummary backTo(String run) {
        Builder rollback = toBuilder();
        rollback.backTo = run;
        return rollback.build();
    }

    /** @param number of the build */
    public RunSummary ofBuild(int number) {
        Builder started = toBuilder();
        started.build = number;
        return started.build();
    }

    private Builder toBuilder() {
        Builder same = new Builder(id, purpose, by, started);
        same.ended = ended;
        same.status = status;
        same.message = message;
        same.content = content;
        same.unsettled = unsettled;
        same.backTo = backTo;
        same.build = build;
        return same;
    }

    /** A summary in the making. */
    private static final class Builder {
        private final String id;
        private final Purpose purpose;
        private final String by;
        private final Instant started;
        @CheckForNull
        private Instant ended;
        @CheckForNull
        private String status;
        @CheckForNull
        private String message;
        @CheckForNull
        private String content;
        private boolean unsettled;
        @CheckForNull
        private String backTo;
        @CheckForNull
        private Integer build;

        Builder(String id, Purpose purpose, String by, Instant started) {
            this.id = id;
            this.purpose = purpose;
            this.by = by;
            this.started = started;
        }

        RunSummary build() {
            return new RunSummary(id, purpose, by, started, ended, status, message, content, unsettled, backTo, build);
        }
    }
}
