package io.jenkins.plugins.ec2docker.aws.session;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which role to assume and how the session is to be known. Limits are those of the API reference of STS AssumeRole.
 *
 * <p>Role and external id are a person's words and arrive here checked; session name and tag values are derived from names of
 * jobs and people, so that what AWS does not allow in them is replaced rather than refused.
 *
 * @param roleArn         {@code arn:PARTITION:iam::ACCOUNT:role/NAME}
 * @param externalId      null if the role's trust policy asks for none
 * @param sessionName     any text; held as {@link RoleSessionName} makes it
 * @param tags            session tags, at most 50, keys of 1–128 characters, values cut at 256; none is transitive
 * @param durationSeconds 900–43,200; null means 3,600
 */
public record RoleSessionRequest(
        String roleArn, @CheckForNull String externalId, String sessionName, Map<String, String> tags,
        @CheckForNull Integer durationSeconds) {

    /** What AWS itself takes where nothing is said, and the most that it grants to a session made from another session. */
    public static final int ONE_HOUR = 3600;

    private static final int SHORTEST = 900;
    private static final int LONGEST = 43_200;
    private static final int MOST_TAGS = 50;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;
    private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:role/[\\x21-\\x7e]+");
    private static final Pattern TAG_FORBIDDEN = Pattern.compile("[^\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]");

    /** {@link IllegalArgumentException} with a sentence if a limit is broken that cannot be mended. */
    public RoleSessionRequest {
        Objects.requireNonNull(roleArn, "roleArn");
        if (!ARN.matcher(roleArn).matches()) {
            throw new IllegalArgumentException("Role \"" + roleArn
                    + "\" is not the ARN of an IAM role; it looks like arn:aws:iam::123456789012:role/name.");
        }
        durationSeconds = Objects.requireNonNullElse(durationSeconds, ONE_HOUR);
        if (durationSeconds < SHORTEST || durationSeconds > LONGEST) {
            throw new IllegalArgumentException("A role session of " + durationSeconds
                    + " seconds is not possible; AWS grants between 900 (15 minutes) and 43200 (12 hours).");
        }
        sessionName = RoleSessionName.of(sessionName);
        tags = allowed(tags);
    }

    RoleSessionRequest lasting(int seconds) {
        return new RoleSessionRequest(roleArn, externalId, sessionName, tags, seconds);
    }

    RoleSessionRequest withoutTags() {
        return new RoleSessionRequest(roleArn, externalId, sessionName, Map.of(), durationSeconds);
    }

    private static Map<String, String> allowed(Map<String, String> tags) {
        if (tags == null || tags.isEmpty()) {
            return Map.of();
        }
        if (tags.size() > MOST_TAGS) {
            throw new IllegalArgumentException(
                    "A role session takes at most " + MOST_TAGS + " tags; there are " + tags.size() + ".");
        }
        Map<String, String> allowed = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        tags.forEach((key, value) -> {
            String broken = brokenRule(key, seen);
            if (broken != null) {
                throw new IllegalArgumentException("The key of session tag \"" + key + "\" " + broken + ".");
            }
            allowed.put(key, cut(TAG_FORBIDDEN.matcher(value == null ? "" : value).replaceAll("_")));
        });
        return Map.copyOf(allowed);
    }

    @CheckForNull
    private static String brokenRule(String key, Set<String> seen) {
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            return "must have 1 to " + LONGEST_KEY + " characters";
        }
        if (TAG_FORBIDDEN.matcher(key).find()) {
            return "may only hold letters, digits, spaces and _.:/=+-@";
        }
        if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
            return "may not begin with aws:, which AWS keeps for itself";
        }
        return seen.add(key.toLowerCase(Locale.ROOT)) ? null : "differs from another one only in upper and lower case";
    }

    private static String cut(String value) {
        int characters = Math.min(LONGEST_VALUE, value.codePointCount(0, value.length()));
        return value.substring(0, value.offsetByCodePoints(0, characters));
    }
}
