package io.jenkins.plugins.ec2docker.terraform.process;

import java.io.Serializable;

/** What is known of a detached process at one moment. Travels between machines. */
public sealed interface ProcessStatus extends Serializable {
    /** Launched, not yet begun. Lasts milliseconds. */
    record Starting() implements ProcessStatus {}

    /** @param pid of the command itself */
    record Running(long pid) implements ProcessStatus {}

    /** @param exitCode as a shell reports it: 128 + n where signal n ended it */
    record Finished(int exitCode) implements ProcessStatus {}

    /**
     * It is gone and left no exit code: killed together with its guard, or the machine was restarted. Whatever it did stands in its output
     * and in Terraform's state only.
     *
     * @param reason a sentence
     */
    record Vanished(String reason) implements ProcessStatus {}

    /** Nothing more will come. */
    default boolean isOver() {
        return this instanceof Finished || this instanceof Vanished;
    }

    /** Finished with exit code 0. */
    default boolean succeeded() {
        return this instanceof Finished finished && finished.exitCode() == 0;
    }
}
