package io.jenkins.plugins.ec2docker.aws.session;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.regex.Pattern;

/**
 * Makes the name of a role session, by which CloudTrail says who did something. AWS allows {@code [\w+=,.@-]{2,64}} (API
 * reference of AssumeRole, RoleSessionName); job names may hold anything.
 */
public final class RoleSessionName {
    private static final int SHORTEST = 2;
    private static final int LONGEST = 64;
    private static final String GAP = "..";
    private static final Pattern FORBIDDEN = Pattern.compile("[^A-Za-z0-9_+=,.@-]+");

    private RoleSessionName() {}

    /**
     * {@code LEAD-SUBJECT-NUMBER}, such as {@code jenkins-team-shop-17}. Where that is too long, the subject loses its
     * middle: its beginning (the folder) and its end (the job) say more, and the number finds the build.
     *
     * @param lead    what kind of caller, short
     * @param subject job, deployment or user
     * @param number  build or run, short; empty if there is none
     */
    public static String of(String lead, String subject, String number) {
        String before = allowed(lead) + "-";
        String after = allowed(number).isEmpty() ? "" : "-" + allowed(number);
        return cut(before + shortened(allowed(subject), LONGEST - before.length() - after.length()) + after);
    }

    /** The nearest allowed name: each run of other characters becomes one {@code -}, the middle of a long name goes. */
    public static String of(@CheckForNull String name) {
        return cut(shortened(allowed(name), LONGEST));
    }

    private static String allowed(@CheckForNull String text) {
        return text == null ? "" : FORBIDDEN.matcher(text).replaceAll("-");
    }

    private static String shortened(String text, int room) {
        if (text.length() <= room) {
            return text;
        }
        int kept = Math.max(0, room - GAP.length());
        int tail = kept / 2;
        return text.substring(0, kept - tail) + GAP + text.substring(text.length() - tail);
    }

    private static String cut(String name) {
        String named = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
        return named.length() < SHORTEST ? named + "-".repeat(SHORTEST - named.length()) : named;
    }
}
