package io.jenkins.plugins.ec2docker.jenkins.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a build keeps of one run, beside its {@code build.xml}, so that it moves and goes with the build:
 *
 * <pre>
 * ec2-docker/RUN/view.json     the run as it stands or ended ({@link RunView})
 * ec2-docker/RUN/report.json   what came of it, once it is over
 * ec2-docker/RUN/log           every line that was told, with its time and level
 * ec2-docker/RUN/order         the request as asked and the users file, sealed
 * </pre>
 */
public final class RunRecords {

    private final Path directory;

    RunRecords(Path directory) {
        this.directory = directory;
    }

    public static RunRecords of(hudson.model.Run<?, ?> build, String runId) {
        if (!runId.matches("[0-9A-Za-z-]{1,64}")) {
            throw new IllegalArgumentException("Not the id of a run: " + runId);
        }
        return new RunRecords(build.getRootDir().toPath().resolve("ec2-docker").resolve(runId));
    }

    /** How the run stands or ended; empty if the build knows nothing of it. */
    public Optional<RunView> view() throws IOException {
        return Optional.empty();
    }

    /**
     * Every line that was told: UTF-8, one line each as {@code 2026-11-21T03:51:12.123Z LEVEL text}, the level being one of {@code info},
     * {@code warn}, {@code error}, {@code debug}; continuation lines of a text have a line, time and level of their own. Grows while the
     * run is under way; may not exist yet.
     */
    public Path log() {
        return directory.resolve("log");
    }

    /**
     * The request as it was asked for, in its own field names, with the values of containers' environments and of tags replaced by
     * {@code ****}; empty for a destruction.
     */
    public Optional<Map<String, Object>> request() throws IOException {
        return Optional.empty();
    }

    Path directory() {
        return directory;
    }
}
