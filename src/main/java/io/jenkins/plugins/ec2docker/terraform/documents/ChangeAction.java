package io.jenkins.plugins.ec2docker.terraform.documents;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/** What Terraform does, or plans to do, with one resource. */
public enum ChangeAction {
    NO_OP("unchanged", "leaving as it is", " "),
    READ("read", "reading", "<="),
    CREATE("created", "creating", "+"),
    UPDATE("changed", "changing", "~"),
    /** Delete and create, in either order. */
    REPLACE("replaced", "replacing", "-/+"),
    DELETE("destroyed", "destroying", "-"),
    /** Dropped from state, left running. */
    FORGET("forgotten", "forgetting", "."),
    /** One that this version does not know. */
    OTHER("handled", "handling", "?");

    private final String done;
    private final String doing;
    private final String symbol;

    ChangeAction(String done, String doing, String symbol) {
        this.done = done;
        this.doing = doing;
        this.symbol = symbol;
    }

    /** As in "aws_instance.this: created". */
    public String done() {
        return done;
    }

    /** As in "aws_instance.this: creating". */
    public String doing() {
        return doing;
    }

    /** Terraform's own sign in front of a resource. */
    public String symbol() {
        return symbol;
    }

    /** Whether it does something to the world; reading does not. */
    public boolean changesSomething() {
        return this != NO_OP && this != READ;
    }

    /** The word in an event: Terraform's "machine-readable UI" page lists them. */
    public static ChangeAction ofEvent(@CheckForNull String word) {
        return switch (word == null ? "" : word) {
            case "noop" -> NO_OP;
            case "read" -> READ;
            case "create" -> CREATE;
            case "update" -> UPDATE;
            case "replace" -> REPLACE;
            case "delete" -> DELETE;
            case "remove" -> FORGET;
            default -> OTHER;
        };
    }

    /** The list of words in {@code show -json}: Terraform's "JSON output format" page, "change representation". */
    static ChangeAction ofPlan(List<String> words) {
        if (words.size() == 2 && words.contains("create") && words.contains("delete")) {
            return REPLACE;
        }
        return switch (words.size() == 1 ? words.get(0) : "") {
            case "no-op" -> NO_OP;
            case "forget" -> FORGET;
            default -> ofEvent(words.size() == 1 ? words.get(0) : null);
        };
    }
}
