package io.jenkins.plugins.ec2docker.aws.session;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import java.util.List;

/**
 * A role session that AWS granted.
 *
 * @param credentials its keys, with their expiry
 * @param identity    who the session is; comes with the answer and needs no further call
 * @param notes       sentences for the console on where the session differs from what was asked; mostly empty
 */
public record AssumedRole(SessionCredentials credentials, CallerIdentity identity, List<String> notes) {
    public AssumedRole {
        notes = List.copyOf(notes);
    }
}
