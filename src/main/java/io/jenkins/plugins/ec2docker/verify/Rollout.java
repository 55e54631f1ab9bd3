package io.jenkins.plugins.ec2docker.verify;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;

/** How AWS brings what runs to what was applied: the instances of a group, or the tasks of a service. */
public interface Rollout {

    /**
     * @param failure why there is nothing more to wait for, as a sentence; null while there is
     * @param done whether all that run are what was applied
     * @param wanted how many are to serve
     * @param standing how it stands, as the end of a sentence
     */
    record Standing(@CheckForNull String failure, boolean done, int wanted, String standing) {
        static Standing failed(String sentence) {
            return new Standing(sentence, false, 0, "");
        }
    }

    /** What is waited for, in the middle of a sentence. */
    String subject();

    Standing look(SessionCredentials keys) throws AwsException;

    /** What was applied serves, so that nobody needs what was there before. */
    default void settle(SessionCredentials keys) throws AwsException {}
}
