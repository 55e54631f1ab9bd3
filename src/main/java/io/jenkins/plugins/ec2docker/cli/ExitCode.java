package io.jenkins.plugins.ec2docker.cli;

import io.jenkins.plugins.ec2docker.provisioning.Result;

/** The exit codes of every command, as {@code docs/command-line.md} lists them. */
final class ExitCode {

    static final int DONE = 0;
    static final int FAILED = 1;
    /** Invalid request, or wrong usage. */
    static final int INVALID = 2;
    static final int REFUSED = 3;
    /** {@code drift} found a difference. */
    static final int DRIFTED = 4;
    /** As a shell reports a process that SIGINT ended. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}

    static int of(Result.Status status) {
        return switch (status) {
            case SUCCEEDED -> DONE;
            case FAILED -> FAILED;
            case REFUSED -> REFUSED;
            case INTERRUPTED -> INTERRUPTED;
        };
    }
}
