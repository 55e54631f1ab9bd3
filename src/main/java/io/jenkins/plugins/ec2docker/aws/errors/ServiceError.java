package io.jenkins.plugins.ec2docker.aws.errors;

import io.jenkins.plugins.ec2docker.aws.errors.AwsException.Reason;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** AWS answered with an error code: which of the usual failures that is, and its sentence. */
public final class ServiceError {
    private static final Pattern DENIED_CALLER = Pattern.compile("[Uu]ser: (arn:\\S+) is not authorized to perform");
    private static final Pattern DENIED_ACTION = Pattern.compile("not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)");
    private static final Pattern ENCODED = Pattern.compile("\\s*Encoded authorization failure message:.*", Pattern.DOTALL);
    private static final int LONGEST_QUOTE = 300;
    private static final Pattern UNKNOWN =
            Pattern.compile(".*NotFound(Exception|Fault)?|NoSuchEntity|InvalidDocument|AssociationDoesNotExist");
    /**
     * Codes of AWS's SDKs for calls that come too fast (docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html). Auto Scaling, ECS and
     * Systems Manager send them with HTTP 400.
     */
    private static final String THROTTLING =
            "Throttling(?:Exception)?|ThrottledException|RequestThrottled(?:Exception)?|TooManyRequestsException"
                    + "|RequestLimitExceeded|BandwidthLimitExceeded|EC2ThrottledException|SlowDown|PriorRequestNotComplete";
    private static final Pattern THROTTLED = Pattern.compile("<Code>(?:" + THROTTLING + ")</Code>|\"__type\"\\s*:\\s*\"(?:[^\"]*#)?(?:"
            + THROTTLING + ")\"");
    private static final Set<String> IN_USE = Set.of("DependencyViolation", "ResourceInUse", "ResourceInUseException",
            "InvalidIPAddress.InUse", "ScalingActivityInProgress", "ClusterContainsServicesException", "ClusterContainsTasksException",
            "InvalidDBParameterGroupState", "InvalidDBSubnetGroupStateFault");

    private final AwsCall attempt;
    private final AwsServiceException answer;
    private final String code;
    private final String text;
    private final boolean throttled;

    public ServiceError(AwsCall attempt, AwsServiceException answer) {
        this.attempt = attempt;
        this.answer = answer;
        AwsErrorDetails details = answer.awsErrorDetails();
        String body = details == null || details.rawResponse() == null ? "" : details.rawResponse().asUtf8String();
        code = details == null || details.errorCode() == null ? element("Code", body) : details.errorCode();
        throttled = answer.isThrottlingException() || code.matches(THROTTLING) || isThrottled(body);
        text = details == null || details.errorMessage() == null ? element("Message", body) : details.errorMessage();
    }

    /** Whether an answer with an error says that calls come too fast, whatever its status. */
    public static boolean isThrottled(String body) {
        return THROTTLED.matcher(body).find();
    }

    /** AWS's code, such as {@code AccessDenied}; empty if the answer has none. */
    public String code() {
        return code;
    }

    /** AWS's own words; empty if there are none. */
    public String text() {
        return text;
    }

    /** The ARN that AWS names as the one refused. */
    public Optional<String> caller() {
        return found(DENIED_CALLER);
    }

    /** The action that AWS names as refused, which may be another than the one called: {@code sts:TagSession}. */
    Optional<String> deniedAction() {
        return found(DENIED_ACTION);
    }

    public boolean denied() {
        return code.equals("AccessDenied") || code.equals("AccessDeniedException") || code.equals("UnauthorizedOperation");
    }

    AwsException refusal() {
        if (denied()) {
            return because(Reason.NOT_ALLOWED, notAllowed());
        }
        return switch (code) {
            case "InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId", "AuthFailure" -> unknownCaller();
            case "InvalidToken", "InvalidIdentityToken" -> because(Reason.INVALID_TOKEN, foreignToken());
            case "OptInRequired", "PendingVerification" -> because(Reason.REGION_DISABLED, "The account of " + attempt.key()
                    + " is not ready for " + attempt.service() + ": " + quoted() + " Enable the region (or finish the account's"
                    + " registration) in the AWS console, or choose another region.");
            case "SignatureDoesNotMatch", "IncompleteSignature" -> clockIsOff()
                    ? because(Reason.CLOCK, clock())
                    : because(Reason.WRONG_SECRET, "The secret access key does not belong to " + attempt.key()
                            + ", so that AWS rejects the signature. Enter both again, without blanks before or after.");
            case "RequestExpired", "RequestTimeTooSkewed", "RequestInTheFuture" -> because(Reason.CLOCK, clock());
            case "ExpiredToken", "ExpiredTokenException" -> because(Reason.EXPIRED, "The AWS session of " + attempt.key()
                    + " is over" + (attempt.credentials().expires() == null ? "" : " since " + attempt.credentials().expires())
                    + ". Log in again, or use credentials that renew themselves.");
            case "RegionDisabledException" -> because(Reason.REGION_DISABLED, "AWS STS is not active in "
                    + attempt.settings().region() + " for this account. Have an administrator activate it (IAM console, Account"
                    + " settings, Endpoints), or choose another region.");
            case "InvalidInstanceID.NotFound", "InvalidInstanceID.Malformed" -> because(Reason.NOT_FOUND, attempt.service()
                    + " does not know the instance: " + quoted());
            case "ValidationError", "InvalidParameterValue", "MalformedInput" -> because(Reason.INVALID_REQUEST,
                    attempt.service() + " does not accept what was sent for " + attempt.action() + ": " + quoted());
            default -> byStatus();
        };
    }

    private AwsException unknownCaller() {
        return attempt.credentials().temporary()
                ? because(Reason.INVALID_TOKEN, foreignToken())
                : because(Reason.UNKNOWN_KEY, unknownKey());
    }

    private AwsException byStatus() {
        if (answer.statusCode() == 401) {
            // EC2 answers AuthFailure and OptInRequired so, and HttpURLConnection drops the body of a 401 to a POST.
            return unknownCaller();
        }
        if (throttled) {
            return because(Reason.THROTTLED, attempt.service() + " refuses " + attempt.action()
                    + " because the account makes too many calls at the moment. Try again in a minute.");
        }
        if (answer.statusCode() >= 500) {
            return because(Reason.SERVICE_FAULT, attempt.service() + " has a fault of its own (HTTP " + answer.statusCode()
                    + ") and did not answer " + attempt.action() + ". Try again in a minute; https://health.aws.amazon.com says more.");
        }
        if (UNKNOWN.matcher(code).matches()) {
            return because(Reason.NOT_FOUND, attempt.service() + " does not know what " + attempt.action() + " is about: " + quoted());
        }
        if (code.isEmpty()) {
            return because(Reason.OTHER, attempt.service() + " refuses " + attempt.action() + " (HTTP " + answer.statusCode()
                    + "): the answer is no answer of AWS. A proxy or a login page may stand between.");
        }
        return because(IN_USE.contains(code) ? Reason.IN_USE : Reason.OTHER,
                attempt.service() + " refuses " + attempt.action() + " (" + code + "): " + quoted());
    }

    private String notAllowed() {
        String action = deniedAction().orElse(attempt.action());
        String why = text.contains("explicit deny")
                ? ": a policy denies it explicitly. Find that policy (it may be the organisation's)"
                : ". Add " + action + " to its policies";
        return caller().orElse("The caller with " + attempt.key()) + " is not allowed to call " + action + why
                + "; docs/aws-permissions.md lists what is needed.";
    }

    private String unknownKey() {
        return "AWS does not accept " + attempt.key() + ": it was deleted or switched off, or its account has not enabled the region "
                + attempt.settings().region() + ". Check the key in IAM under Security credentials.";
    }

    private String foreignToken() {
        return "AWS does not accept the session token of " + attempt.key() + ": it is incomplete, belongs to another key, or is not"
                + " valid in " + attempt.settings().region() + ". Log in again and take all three values from the same session.";
    }

    private boolean clockIsOff() {
        return text.startsWith("Signature expired") || text.startsWith("Signature not yet current");
    }

    private String clock() {
        return "The clock of this machine is too far off for AWS to accept its signatures: " + quoted()
                + " Set the clock (NTP).";
    }

    /** AWS's own words as a sentence, on one line, bounded, without the encoded part that only AWS can read. */
    String quoted() {
        String quote = ENCODED.matcher(text).replaceFirst("").replaceAll("\\s+", " ").strip();
        if (quote.length() > LONGEST_QUOTE) {
            quote = quote.substring(0, LONGEST_QUOTE) + "…";
        }
        return quote.isEmpty() ? "no reason given." : quote.matches(".*[.!?…]") ? quote : quote + ".";
    }

    public AwsException because(Reason reason, String message) {
        return attempt.refusal(reason, message, answer);
    }

    /** What stands behind AWS's name (emulators, gateways) nests the error in its own way, and the SDK then sees nothing. */
    private static String element(String name, String body) {
        Matcher matcher = Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(body);
        return matcher.find() ? matcher.group(1) : "";
    }

    private Optional<String> found(Pattern pattern) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
