package io.jenkins.plugins.ec2docker.aws.session;

import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsCall;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException.Reason;
import io.jenkins.plugins.ec2docker.aws.errors.ServiceError;
import java.util.Locale;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Why a role could not be assumed. AWS answers a missing role, a trust policy without the caller and a wrong external id with
 * the same words, on purpose; the sentence therefore names all that fit.
 */
final class AssumeRoleError {
    private final AwsSettings settings;
    private final SessionCredentials base;
    private final RoleSessionRequest asked;
    private final AwsCall attempt;

    AssumeRoleError(AwsSettings settings, SessionCredentials base, RoleSessionRequest asked) {
        this.settings = settings;
        this.base = base;
        this.asked = asked;
        this.attempt = new AwsCall(settings, base, "sts:AssumeRole");
    }

    AwsException of(SdkException failure) {
        if (!(failure instanceof AwsServiceException refused)) {
            return attempt.refusal(failure);
        }
        ServiceError answer = new ServiceError(attempt, refused);
        String text = answer.text().toLowerCase(Locale.ROOT);
        if (answer.denied()) {
            return answer.because(Reason.ROLE_NOT_ASSUMABLE, notAssumable(answer, text));
        }
        if (answer.code().equals("ValidationError") && text.contains("durationseconds")) {
            return answer.because(Reason.DURATION, duration(text));
        }
        if (answer.code().equals("ValidationError") && text.contains("arn")) {
            return answer.because(Reason.INVALID_REQUEST, "AWS does not accept \"" + asked.roleArn()
                    + "\" as the ARN of a role. Copy it from the role's page in IAM: arn:aws:iam::123456789012:role/name.");
        }
        if (answer.code().equals("PackedPolicyTooLarge")) {
            return answer.because(Reason.INVALID_REQUEST, "The session tags for role " + asked.roleArn()
                    + " are more than AWS can pack into one session, together with the tags that the caller's own session hands"
                    + " on. Use fewer or shorter ones.");
        }
        return attempt.refusal(failure);
    }

    private String notAssumable(ServiceError answer, String text) {
        String caller = answer.caller().orElseGet(this::askedCaller);
        String verdict = caller + " may not assume role " + asked.roleArn() + ": ";
        if (text.contains("root account")) {
            return verdict + "AWS lets no root account assume a role. Use the credentials of an IAM user or role.";
        }
        if (text.contains("no identity-based policy allows")) {
            return verdict + "none of its own policies allows it. Add sts:AssumeRole on this role to a policy of the caller.";
        }
        if (text.contains("explicit deny")) {
            return verdict + "a policy denies it explicitly. Find the Deny in the caller's policies, in the role's trust policy or"
                    + " in the organisation's policies.";
        }
        return verdict + "there is no such role, or its trust policy does not let this caller in" + externalId()
                + ", or the caller's own policies do not allow sts:AssumeRole on it (AWS does not say which). Check the ARN,"
                + " that the trust policy names this caller as principal" + externalIdCheck() + ", and the caller's policies.";
    }

    private String externalId() {
        return asked.externalId() == null
                ? ", or it asks for an external id and none was given"
                : ", or it asks for another external id than the one given";
    }

    private String externalIdCheck() {
        return asked.externalId() == null
                ? " and has no sts:ExternalId condition"
                : " and has this external id as its sts:ExternalId condition";
    }

    private String duration(String text) {
        if (text.contains("chaining")) {
            return "Role " + asked.roleArn() + " cannot be assumed for " + asked.durationSeconds()
                    + " seconds: AWS grants at most 3600 to a caller that holds a session itself. Set role.durationSeconds to 3600"
                    + " or less.";
        }
        return "Role " + asked.roleArn() + " does not grant sessions of " + asked.durationSeconds()
                + " seconds. Lower role.durationSeconds, or raise the role's maximum session duration in IAM (1 to 12 hours).";
    }

    /** Costs a call, but only where a person would have to make it next. */
    private String askedCaller() {
        try {
            return new StsCallerIdentityLookup(settings).check(base).arn();
        } catch (AwsException unknown) {
            return "The caller with " + attempt.key();
        }
    }
}
