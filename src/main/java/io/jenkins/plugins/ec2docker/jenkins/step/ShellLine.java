package io.jenkins.plugins.ec2docker.jenkins.step;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes words as one line that a shell, and so the request's {@code command}, reads as the same words. */
final class ShellLine {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

    private ShellLine() {}

    static String of(Collection<?> words) {
        return words.stream().map(String::valueOf).map(ShellLine::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
