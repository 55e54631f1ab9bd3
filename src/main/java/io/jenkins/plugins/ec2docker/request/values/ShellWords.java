package io.jenkins.plugins.ec2docker.request.values;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Splits a command line into words, and joins words to a line, as a POSIX shell does (XCU 2.2, "Quoting"), and does nothing else that a
 * shell does: no variables, no substitution, no operators. Docker runs the words without a shell.
 */
public final class ShellWords {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");
    private static final String ESCAPABLE_IN_DOUBLE_QUOTES = "$`\"\\\n";

    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;

    private ShellWords(String line) {
        this.line = line;
    }

    /**
     * The words.
     *
     * @throws IllegalArgumentException where a quote is not closed or the line ends in a backslash; the message is a sentence for the user
     */
    public static List<String> split(String line) {
        return new ShellWords(line).split();
    }

    /** One line that {@link #split} reads as the same words. */
    public static String join(Collection<?> words) {
        return words.stream().map(String::valueOf).map(ShellWords::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private List<String> split() {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            switch (c) {
                case ' ', '\t', '\n', '\r' -> endWord();
                case '\'' -> i = singleQuoted(i + 1);
                case '"' -> i = doubleQuoted(i + 1);
                case '\\' -> i = escaped(i + 1);
                default -> append(c);
            }
        }
        endWord();
        return words;
    }

    private int singleQuoted(int from) {
        int end = line.indexOf('\'', from);
        if (end < 0) {
            throw new IllegalArgumentException("has a single quote that is not closed; close it, or write the command as a list of words.");
        }
        inWord = true;
        word.append(line, from, end);
        return end;
    }

    private int doubleQuoted(int from) {
        inWord = true;
        for (int i = from; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                return i;
            }
            if (c == '\\' && i + 1 < line.length() && ESCAPABLE_IN_DOUBLE_QUOTES.indexOf(line.charAt(i + 1)) >= 0) {
                c = line.charAt(++i);
                if (c == '\n') {
                    continue;
                }
            }
            word.append(c);
        }
        throw new IllegalArgumentException("has a double quote that is not closed; close it, or write the command as a list of words.");
    }

    private int escaped(int at) {
        if (at == line.length()) {
            throw new IllegalArgumentException(
                    "ends in a backslash that escapes nothing; remove it, or write the command as a list of words.");
        }
        if (line.charAt(at) != '\n') {
            append(line.charAt(at));
        }
        return at;
    }

    private void append(char c) {
        inWord = true;
        word.append(c);
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }
}
