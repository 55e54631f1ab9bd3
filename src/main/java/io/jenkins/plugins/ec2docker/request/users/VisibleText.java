package io.jenkins.plugins.ec2docker.request.users;

/** What a person sees of a name: without blanks around it and without characters that leave no trace on a screen. */
final class VisibleText {
    private VisibleText() {}

    /** The text itself where all of it can be seen. */
    static String of(String text) {
        return isPlain(text) ? text : strip(text);
    }

    /** A quick answer for what nearly every name is. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7F) {
                return false;
            }
        }
        return true;
    }

    private static String strip(String text) {
        StringBuilder visible = new StringBuilder();
        text.codePoints().filter(c -> !isInvisible(c)).forEach(visible::appendCodePoint);
        int from = 0;
        int to = visible.length();
        while (from < to && isBlank(visible.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(visible.charAt(to - 1))) {
            to--;
        }
        return visible.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** Formats, and the rest of Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt) that occurs in practice. */
    private static boolean isInvisible(int c) {
        return Character.getType(c) == Character.FORMAT || c == 0x034F || c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0
                || c >= 0x180B && c <= 0x180F || c >= 0xFE00 && c <= 0xFE0F || c >= 0xE0000 && c <= 0xE0FFF;
    }
}
