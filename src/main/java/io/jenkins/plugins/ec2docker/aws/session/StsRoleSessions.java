package io.jenkins.plugins.ec2docker.aws.session;

import io.jenkins.plugins.ec2docker.aws.access.AwsClientFactory;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.Secret;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsCall;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.errors.ServiceError;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.StsException;
import software.amazon.awssdk.services.sts.model.Tag;

/**
 * Asks STS AssumeRole, with one call in the usual case.
 *
 * <p>AWS grants at most one hour to a session that is made from another session ("role chaining" in the IAM user guide) and
 * refuses longer ones. Whoever can assume a role with a session token is in that case, so that the token alone decides and
 * nobody has to be asked who the caller is.
 *
 * <p>Many trust policies allow {@code sts:AssumeRole} but not {@code sts:TagSession}; then AWS refuses the whole call. Tags are
 * there for CloudTrail and for policies that want them, so a denied call is tried once more without, and the result says so. A
 * role that insists on tags denies the second call as well.
 */
public final class StsRoleSessions implements RoleSessions {
    private final AwsSettings settings;

    public StsRoleSessions(AwsSettings settings) {
        this.settings = settings;
    }

    @Override
    public AssumedRole assume(SessionCredentials base, RoleSessionRequest request) throws AwsException {
        List<String> notes = new ArrayList<>();
        RoleSessionRequest asked = request;
        Integer seconds = request.durationSeconds();
        if (base.temporary() && seconds != null && seconds > RoleSessionRequest.ONE_HOUR) {
            asked = request.lasting(RoleSessionRequest.ONE_HOUR);
            notes.add("The session of role " + request.roleArn() + " lasts 3600 seconds instead of " + seconds
                    + ": AWS grants no more to a caller that holds a session itself. Credentials of an IAM user get longer ones.");
        }
        try (StsClient sts = new AwsClientFactory(settings).sts(base)) {
            try {
                return result(sts.assumeRole(call(asked)), notes);
            } catch (StsException refused) {
                if (asked.tags().isEmpty() || !tagsMayBeWhy(base, refused)) {
                    throw refused;
                }
                AssumeRoleResponse untagged = sts.assumeRole(call(asked.withoutTags()));
                notes.add("The session of role " + request.roleArn() + " carries no session tags because the role does not take them."
                        + " To have them in CloudTrail, allow sts:TagSession in its trust policy.");
                return result(untagged, notes);
            }
        } catch (SdkException failure) {
            throw new AssumeRoleError(settings, base, asked).of(failure);
        } catch (UncheckedIOException failure) {
            throw new AssumeRoleError(settings, base, asked).of(SdkClientException.create(failure.getMessage(), failure));
        }
    }

    private boolean tagsMayBeWhy(SessionCredentials base, StsException refused) {
        ServiceError answer = new ServiceError(new AwsCall(settings, base, "sts:AssumeRole"), refused);
        return answer.denied() || answer.code().equals("PackedPolicyTooLarge");
    }

    private static AssumeRoleRequest call(RoleSessionRequest asked) {
        return AssumeRoleRequest.builder()
                .roleArn(asked.roleArn())
                .roleSessionName(asked.sessionName())
                .externalId(asked.externalId())
                .durationSeconds(asked.durationSeconds())
                .tags(asked.tags().entrySet().stream()
                        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                        .toList())
                .build();
    }

    private static AssumedRole result(AssumeRoleResponse answer, List<String> notes) {
        Credentials keys = answer.credentials();
        String arn = answer.assumedRoleUser().arn();
        return new AssumedRole(
                new SessionCredentials(
                        keys.accessKeyId(),
                        new Secret(keys.secretAccessKey()),
                        new Secret(keys.sessionToken()),
                        keys.expiration()),
                new CallerIdentity(arn.split(":")[4], arn, answer.assumedRoleUser().assumedRoleId()),
                notes);
    }
}
