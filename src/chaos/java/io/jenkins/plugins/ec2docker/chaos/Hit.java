package io.jenkins.plugins.ec2docker.chaos;

/**
 * The run that is hit.
 *
 * <p>How many calls of AWS such a run makes against moto when nothing is done to it, so that a moment among them can be drawn.
 */
enum Hit {
    PROVISION(48, 11),
    UPDATE(80, 3),
    DESTROY(42, 10);

    private final int calls;
    private final int changes;

    Hit(int calls, int changes) {
        this.calls = calls;
        this.changes = changes;
    }

    int calls() {
        return calls;
    }

    /** Those that are not only for looking. */
    int changes() {
        return changes;
    }
}
