package io.jenkins.plugins.ec2docker.aws.session;

import io.jenkins.plugins.ec2docker.aws.access.Secret;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException.Reason;
import io.jenkins.plugins.ec2docker.aws.errors.RedactedException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Finds the credentials that a command line runs with, where AWS's own tools find them: environment, web identity, profile,
 * container, instance. Jenkins does not come here; it has a credentials store.
 */
public final class EnvironmentCredentials {
    private final Map<String, String> environment;

    /**
     * @param environment of this process; keys in it are taken without asking the SDK, which would first load and ask its whole
     *                    chain. For everything else the SDK reads the process's environment itself.
     */
    public EnvironmentCredentials(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** The first that are found; a refusal says where was looked. */
    public SessionCredentials find() throws AwsException {
        String id = variable("AWS_ACCESS_KEY_ID");
        String secret = variable("AWS_SECRET_ACCESS_KEY");
        if (!id.isEmpty() && !secret.isEmpty()) {
            String token = variable("AWS_SESSION_TOKEN");
            return new SessionCredentials(id, new Secret(secret), token.isEmpty() ? null : new Secret(token), null);
        }
        try (DefaultCredentialsProvider chain = DefaultCredentialsProvider.builder().build()) {
            return credentials(chain.resolveCredentials());
        } catch (SdkException | IllegalArgumentException e) {
            // The latter where a configuration file is damaged.
            throw new AwsException(Reason.NO_CREDENTIALS, explanation(), RedactedException.of(e, List.of()));
        }
    }

    /** What a provider of the SDK gives now; its exceptions are unchecked. */
    public static SessionCredentials of(AwsCredentialsProvider provider) {
        return credentials(provider.resolveCredentials());
    }

    private static SessionCredentials credentials(AwsCredentials found) {
        Secret token = found instanceof AwsSessionCredentials session ? new Secret(session.sessionToken()) : null;
        return new SessionCredentials(
                found.accessKeyId(), new Secret(found.secretAccessKey()), token, found.expirationTime().orElse(null));
    }

    private String explanation() {
        boolean half = variable("AWS_ACCESS_KEY_ID").isEmpty() != variable("AWS_SECRET_ACCESS_KEY").isEmpty();
        String profile = ProfileDiagnosis.of(variable("AWS_PROFILE")).orElse("");
        if (half) {
            return "No AWS credentials were found: of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY only one is set. Set both, or none and"
                    + " AWS_PROFILE." + (profile.isEmpty() ? "" : " " + profile);
        }
        return profile.isEmpty()
                ? "No AWS credentials were found: not in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, not in a profile, not from a"
                        + " container or an instance. Set the two variables, or AWS_PROFILE; `aws sts get-caller-identity` shows whether it"
                        + " works."
                : "No AWS credentials were found: " + profile.substring(0, 1).toLowerCase(Locale.ROOT) + profile.substring(1);
    }

    private String variable(String name) {
        return environment.getOrDefault(name, "").strip();
    }
}
