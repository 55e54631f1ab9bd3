package io.jenkins.plugins.ec2docker.chaos;

/**
 * How a trial went.
 *
 * @param hit the exit code of the run that was hit
 * @param come whether the fault came before that run had ended
 */
record Ended(Trial trial, int hit, boolean come, int seconds, Findings findings) {

    /** What a fault left of the run that it hit. */
    enum Outcome {
        DONE,
        FAILED,
        INTERRUPTED,
        KILLED,
        /** The run had ended before the fault came. */
        MISSED
    }

    Outcome outcome() {
        if (!come) {
            return Outcome.MISSED;
        }
        return switch (hit) {
            case 0 -> Outcome.DONE;
            case 130 -> Outcome.INTERRUPTED;
            case 137 -> Outcome.KILLED;
            default -> Outcome.FAILED;
        };
    }
}
