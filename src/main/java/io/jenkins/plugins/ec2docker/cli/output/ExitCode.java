package io.jenkins.plugins.ec2docker.cli.output;

import io.jenkins.plugins.ec2docker.run.model.RunResult;

/** The exit codes of every command, as {@code docs/command-line.md} lists them. */
public final class ExitCode {

    public static final int DONE = 0;
    public static final int FAILED = 1;
    /** Invalid request, or wrong usage. */
    public static final int INVALID = 2;
    static final int REFUSED = 3;
    /** {@code drift} found a difference. */
    public static final int DRIFTED = 4;
    /** As a shell reports a process that SIGINT ended. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** In a document: as the status of a run, or {@code invalid}. */
    static String text(int exitCode) {
        return exitCode == INVALID ? "invalid" : exitCode == REFUSED ? "refused" : "failed";
    }

    static int of(RunResult.Status status) {
        return switch (status) {
            case SUCCEEDED -> DONE;
            case FAILED -> FAILED;
            case REFUSED -> REFUSED;
            case INTERRUPTED -> INTERRUPTED;
        };
    }
}
