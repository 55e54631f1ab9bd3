package io.jenkins.plugins.ec2docker.terraform.events;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.terraform.documents.ChangeAction;

/**
 * One line of what Terraform says under {@code -json}. Texts are as Terraform gave them, cut at {@link EventReader#LONGEST_TEXT} characters;
 * they may hold control characters until {@link EventText} shows them.
 */
public sealed interface Event {
    /** @param reason why, in Terraform's word such as {@code cannot_update}, {@code tainted}; null where there is none */
    record PlannedChange(String address, String type, ChangeAction action, @CheckForNull String reason) implements Event {}

    /** @param operation "plan", "apply" or "destroy" */
    record ChangeSummary(int add, int change, int remove, String operation) implements Event {}

    /** @param id null where the resource does not exist yet; @param at RFC 3339, null if it was missing */
    record ApplyStart(String address, String type, ChangeAction action, @CheckForNull String id, @CheckForNull String at)
            implements Event {}

    /** Comes every ten seconds for each resource being worked on. */
    record ApplyProgress(String address, String type, ChangeAction action, int elapsedSeconds) implements Event {}

    /** @param id null for a destroyed resource */
    record ApplyComplete(String address, String type, ChangeAction action, @CheckForNull String id, int elapsedSeconds) implements Event {}

    record ApplyErrored(String address, String type, ChangeAction action, int elapsedSeconds) implements Event {}

    record RefreshStart(String address, String type, @CheckForNull String id) implements Event {}

    record RefreshComplete(String address, String type, @CheckForNull String id) implements Event {}

    /**
     * @param detail never null, may be empty
     * @param address resource it is about; null if none
     * @param file and
     * @param line of the configuration it is about; null and 0 if none
     */
    record Diagnostic(Severity severity, String summary, String detail, @CheckForNull String address, @CheckForNull String file, int line)
            implements Event {}

    enum Severity {
        ERROR,
        WARNING
    }

    /** Anything Terraform logs that has no type of its own. */
    record Log(String level, String message) implements Event {}

    /**
     * A line that is no event: no JSON, broken JSON, or longer than can be held.
     *
     * @param text its beginning
     * @param bytes its whole length without the line break
     */
    record Unreadable(String text, long bytes) implements Event {}
}
