package io.jenkins.plugins.ec2docker.policy;

import java.util.regex.Pattern;

/**
 * A pattern of administrators: {@code *} stands for any characters but {@code /}, {@code **} for any characters, {@code ?} for one that
 * is not {@code /}; everything else stands for itself, in the case it is written in.
 *
 * @param text as written
 */
record Glob(String text, Pattern pattern) {

    static Glob of(String text) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '*' && i + 1 < text.length() && text.charAt(i + 1) == '*') {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return new Glob(text, Pattern.compile(regex.toString()));
    }

    boolean matches(String value) {
        return pattern.matcher(value).matches();
    }
}
