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
        } catch (SdkException e) {
            throw new AwsException(Reason.NO_CREDENTIALS, explanation(e), RedactedException.of(e, List.of()));
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

    private String explanation(SdkException e) {
        if (messages(e).contains("sso")) {
            return profile() + " logs in by IAM Identity Center (SSO), which is not built in here, or its login is over. Run"
                    + " `aws sso login` and then `eval \"$(aws configure export-credentials --format env)\"`.";
        }
        if (!variable("AWS_PROFILE").isEmpty()) {
            return "No AWS credentials were found: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not both set, and " + profile()
                    + " does not exist or gives none. `aws configure list` shows what is there.";
        }
        return "No AWS credentials were found: not in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, not in a profile, not from a"
                + " container or an instance. Set the two variables, or AWS_PROFILE; `aws sts get-caller-identity` shows whether it"
                + " works.";
    }

    private String profile() {
        return variable("AWS_PROFILE").isEmpty() ? "The default profile" : "profile \"" + variable("AWS_PROFILE") + "\"";
    }

    private static String messages(Throwable e) {
        StringBuilder messages = new StringBuilder();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            messages.append(cause.getMessage()).append('\n');
        }
        return messages.toString().toLowerCase(Locale.ROOT);
    }

    private String variable(String name) {
        return environment.getOrDefault(name, "").strip();
    }
}
