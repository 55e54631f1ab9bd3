package io.jenkins.plugins.ec2docker.aws.errors;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Locale;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * One call to AWS, known well enough to say in a sentence why it failed.
 *
 * @param settings    where and how it was tried
 * @param credentials with which it was signed
 * @param action      as in an IAM policy, {@code sts:GetCallerIdentity}
 */
public record AwsCall(AwsSettings settings, SessionCredentials credentials, String action) {
    public <T> T ask(Supplier<T> call) throws AwsException {
        try {
            return call.get();
        } catch (SdkException e) {
            throw refusal(e);
        } catch (UncheckedIOException e) {
            // What does not speak HTTP; the SDK lets it pass.
            throw refusal(SdkClientException.create(e.getMessage(), e));
        }
    }

    public AwsException refusal(SdkException e) {
        return e instanceof AwsServiceException answer ? new ServiceError(this, answer).refusal() : new ConnectionError(this, e).refusal();
    }

    AwsException refusal(AwsException.Reason reason, String message, SdkException e) {
        return new AwsException(
                reason,
                RedactedException.cleared(message, credentials.secrets()),
                RedactedException.of(e, credentials.secrets()));
    }

    /** {@code AWS STS in eu-central-1} or {@code AWS STS at http://127.0.0.1:5000}. */
    String service() {
        String name = switch (prefix()) {
            case "dynamodb" -> "DynamoDB";
            case "pricing" -> "Price List";
            case "autoscaling" -> "Auto Scaling";
            case "elasticloadbalancing" -> "Elastic Load Balancing";
            case "application-autoscaling" -> "Application Auto Scaling";
            case "cloudwatch" -> "CloudWatch";
            case "logs" -> "CloudWatch Logs";
            case "events" -> "EventBridge";
            case "ssm" -> "Systems Manager";
            case "backup" -> "Backup";
            case "tag" -> "Resource Groups Tagging";
            default -> prefix().toUpperCase(Locale.ROOT);
        };
        return "AWS " + name + (endpoint() == null ? " in " + settings.region() : " at " + endpoint());
    }

    /** Null for AWS's own. */
    @CheckForNull
    URI endpoint() {
        return switch (prefix()) {
            case "sts" -> settings.endpoints().sts();
            case "iam" -> settings.endpoints().iam();
            case "s3" -> settings.endpoints().s3();
            case "dynamodb" -> settings.endpoints().dynamoDb();
            default -> settings.endpoints().ec2();
        };
    }

    private String prefix() {
        return action.substring(0, action.indexOf(':'));
    }

    /** Enough of the key id to find it in IAM. */
    public String key() {
        String id = credentials.accessKeyId();
        return "access key " + (id.length() > 8 ? id.substring(0, 4) + "…" + id.substring(id.length() - 4) : id);
    }
}
