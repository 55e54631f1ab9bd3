package io.jenkins.plugins.ec2docker.aws.access;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The keys with which calls are signed: of a role session, of a user, or of whatever the caller's environment provides.
 *
 * @param accessKeyId     names the key; not a secret, it stands in CloudTrail
 * @param secretAccessKey signs
 * @param sessionToken    null for a user's long-term key, otherwise the token of the session
 * @param expires         when AWS stops accepting the keys; null if they do not expire or nobody said when
 */
public record SessionCredentials(String accessKeyId, Secret secretAccessKey, @CheckForNull Secret sessionToken,
        @CheckForNull Instant expires) {
    /** {@link IllegalArgumentException} without a key id or a secret key. */
    public SessionCredentials {
        if (accessKeyId == null || accessKeyId.isBlank()) {
            throw new IllegalArgumentException("AWS credentials need an access key id.");
        }
        Objects.requireNonNull(secretAccessKey, "AWS credentials need a secret access key.");
    }

    /** A long-term key. */
    public static SessionCredentials ofUser(String accessKeyId, String secretAccessKey) {
        return new SessionCredentials(accessKeyId, new Secret(secretAccessKey), null, null);
    }

    /** Whether these are the keys of a session, of whichever kind, rather than a user's own. */
    public boolean temporary() {
        return sessionToken != null;
    }

    /** What must be masked wherever output of a process that holds these keys is shown. */
    public List<Secret> secrets() {
        List<Secret> secrets = new ArrayList<>(List.of(secretAccessKey));
        if (sessionToken != null) {
            secrets.add(sessionToken);
        }
        return List.copyOf(secrets);
    }

    /**
     * The variables by which AWS's tools and Terraform take credentials, in clear: for a process's environment and nothing
     * else. A variable that is absent here must be absent there too, or a token of other credentials would be used.
     */
    public Map<String, String> toEnvironment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("AWS_ACCESS_KEY_ID", accessKeyId);
        environment.put("AWS_SECRET_ACCESS_KEY", secretAccessKey.reveal());
        if (sessionToken != null) {
            environment.put("AWS_SESSION_TOKEN", sessionToken.reveal());
        }
        return environment;
    }
}
