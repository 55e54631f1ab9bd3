package io.jenkins.plugins.ec2docker.request.values;

/**
 * Which mail addresses are taken: those of RFC 5321 that are in practical use. A dot-atom of ASCII before the {@code @}, a fully
 * qualified host name after it; no quoted local parts, no address literals, no comments. Control characters and line breaks, with which
 * mail headers are forged, are thereby out.
 */
public final class MailAddress {
    /** For the message of a field that holds one. */
    public static final String RULE =
            "is not a mail address that can be used; write one such as jane.doe@example.com (ASCII, with a full domain).";

    /** RFC 5321, 4.5.3.1.3, less the angle brackets of the path. */
    private static final int LONGEST = 254;
    /** RFC 5321, 4.5.3.1.1. */
    private static final int LONGEST_LOCAL = 64;
    /** RFC 1035, 2.3.4. */
    private static final int LONGEST_LABEL = 63;
    /** Of RFC 5322's atext, what is neither letter nor digit. */
    private static final String LOCAL_MARKS = "!#$%&'*+-/=?^_`{|}~";

    private MailAddress() {}

    public static boolean isValid(CharSequence text) {
        int length = text.length();
        if (length > LONGEST) {
            return false;
        }
        int at = 0;
        boolean afterDot = true;
        for (; at < length && text.charAt(at) != '@'; at++) {
            char c = text.charAt(at);
            if (c == '.' ? afterDot : !isAlphanumeric(c) && LOCAL_MARKS.indexOf(c) < 0) {
                return false;
            }
            afterDot = c == '.';
        }
        return at > 0 && at <= LONGEST_LOCAL && !afterDot && isDomain(text, at + 1);
    }

    /** RFC 5321, 2.3.5: only fully qualified names, so at least two labels; the last one is never a number. */
    private static boolean isDomain(CharSequence text, int from) {
        int labels = 0;
        int labelStart = from;
        for (int i = from; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '.';
            if (c == '.') {
                int labelLength = i - labelStart;
                if (labelLength < 1 || labelLength > LONGEST_LABEL || text.charAt(labelStart) == '-' || text.charAt(i - 1) == '-') {
                    return false;
                }
                labels++;
                labelStart = i < text.length() ? i + 1 : labelStart;
            } else if (!isAlphanumeric(c) && c != '-') {
                return false;
            }
        }
        return labels >= 2 && !isDigit(text.charAt(labelStart));
    }

    private static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
