package io.jenkins.plugins.ec2docker.request.values;

import java.util.Locale;

/**
 * Text of strangers made fit to be shown in a message: short, on one line, and unable to steer a terminal or to reorder what stands around
 * it.
 */
public final class DisplayText {
    /** Longest value that a message shows, in code points. */
    public static final int LONGEST = 80;

    private DisplayText() {}

    /** The text with control characters, line and paragraph separators, bidirectional controls and lone surrogates written as escapes. */
    public static String escape(String text) {
        if (text.codePoints().noneMatch(DisplayText::isUnfit)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> append(escaped, c));
        return escaped.toString();
    }

    /** The escaped text, cut to {@link #LONGEST} code points of the original with an ellipsis in place of the rest. */
    public static String shorten(String text) {
        if (text.codePointCount(0, text.length()) <= LONGEST) {
            return escape(text);
        }
        return escape(text.substring(0, text.offsetByCodePoints(0, LONGEST - 1))) + "…";
    }

    private static void append(StringBuilder escaped, int c) {
        switch (c) {
            case '\n' -> escaped.append("\\n");
            case '\r' -> escaped.append("\\r");
            case '\t' -> escaped.append("\\t");
            default -> {
                if (isUnfit(c)) {
                    escaped.append(String.format(Locale.ROOT, "\\u%04x", c));
                } else {
                    escaped.appendCodePoint(c);
                }
            }
        }
    }

    /** FORMAT covers the bidirectional controls and zero-width characters that make a message look like another one. */
    private static boolean isUnfit(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> true;
            default -> false;
        };
    }
}
