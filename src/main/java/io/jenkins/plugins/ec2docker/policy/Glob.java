package io.jenkins.plugins.ec2docker.policy;

/**
 * A pattern of administrators: {@code *} stands for any characters but {@code /}, {@code **} for any characters, {@code ?} for one that
 * is not {@code /}; everything else stands for itself, in the case it is written in. Always the whole value is matched.
 *
 * <p>Matched without backtracking, in time proportional to pattern times value, whatever the pattern.
 *
 * @param text as written
 */
record Glob(String text) {

    boolean matches(String value) {
        // Which beginnings of the value the pattern read so far matches.
        boolean[] reached = new boolean[value.length() + 1];
        reached[0] = true;
        for (int i = 0; i < text.length(); i++) {
            boolean many = text.charAt(i) == '*';
            boolean slashToo = many && i + 1 < text.length() && text.charAt(i + 1) == '*';
            reached = many ? star(reached, value, slashToo) : one(reached, value, text.charAt(i));
            i += slashToo ? 1 : 0;
        }
        return reached[value.length()];
    }

    private static boolean[] star(boolean[] reached, String value, boolean slashToo) {
        for (int i = 0; i < value.length(); i++) {
            reached[i + 1] |= reached[i] && (slashToo || value.charAt(i) != '/');
        }
        return reached;
    }

    private static boolean[] one(boolean[] reached, String value, char wanted) {
        boolean[] next = new boolean[reached.length];
        for (int i = 0; i < value.length(); i++) {
            next[i + 1] = reached[i] && (wanted == '?' ? value.charAt(i) != '/' : value.charAt(i) == wanted);
        }
        return next;
    }
}
