package io.jenkins.plugins.ec2docker.aws.clients;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What AWS Systems Manager is asked to do on instances: run a script there, by the agent that the instance has. */
public interface RunCommand {

    /**
     * How one command stands.
     *
     * @param status AWS's word: {@code Pending}, {@code InProgress}, {@code Success}, {@code Failed}, {@code TimedOut} …
     * @param output the first 24,000 characters of what the script printed
     * @param errors the first 8,000 characters of what it printed as errors
     */
    record Standing(String status, String output, String errors) {
        private static final Set<String> OPEN = Set.of("Pending", "InProgress", "Delayed", "Cancelling");

        public boolean isOver() {
            return !OPEN.contains(status);
        }
    }

    /**
     * How an instance answers, in AWS's word: {@code Online}, {@code ConnectionLost}, {@code Inactive}; empty for one that is not managed.
     */
    Optional<String> ping(SessionCredentials credentials, String instanceId) throws AwsException;

    /**
     * Sends a line of {@code sh} to be run as root.
     *
     * @param comment what people see in AWS's console, at most 100 characters
     * @param delivery within which the agent must have taken it, at least 30 s
     * @param limit within which it must have ended, at most 48 h
     * @return the command's id
     */
    String send(SessionCredentials credentials, String instanceId, String line, String comment, Duration delivery, Duration limit)
            throws AwsException;

    /** Empty as long as AWS does not know of a command that was just sent. */
    Optional<Standing> standing(SessionCredentials credentials, String instanceId, String commandId) throws AwsException;
}
