package io.jenkins.plugins.ec2docker.chaos;

/** What goes wrong in the midst of a run. */
enum Fault {
    INTERRUPT("interrupt of the engine", false),
    KILL_TERRAFORM("kill of Terraform", false),
    KILL_PROVIDER("kill of the provider", false),
    KILL_ENGINE("kill of the engine", false),
    KILL_ALL("kill of all at once", false),
    DISK_FULL("disk full", false),
    THROTTLED("AWS throttles", true),
    SERVER_ERROR("AWS answers 5xx", true),
    EXPIRED("credentials expire", true),
    CUT("answer is lost", true);

    private final String text;
    private final boolean ofAws;

    Fault(String text, boolean ofAws) {
        this.text = text;
        this.ofAws = ofAws;
    }

    String text() {
        return text;
    }

    /** Whether it is done to calls of AWS, by whoever stands before it. */
    boolean isOfAws() {
        return ofAws;
    }
}
