package io.jenkins.plugins.ec2docker.jenkins.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A list as a text area shows it: one entry per line, blank lines without meaning. Keeps the line number of each entry for messages.
 *
 * @param entries without white space around them
 * @param numbers of the line that each entry stands on, from 1
 */
record Lines(List<String> entries, List<Integer> numbers) {

    static Lines of(@CheckForNull String text) {
        List<String> entries = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        int number = 0;
        for (String line : (text == null ? "" : text).split("\r\n|\r|\n", -1)) {
            number++;
            if (!line.isBlank()) {
                entries.add(line.strip());
                numbers.add(number);
            }
        }
        return new Lines(List.copyOf(entries), List.copyOf(numbers));
    }

    /** Entries that may hold several lines each: a form hands over its whole text area as one. */
    static List<String> flatten(@CheckForNull Collection<String> lists) {
        return lists == null ? List.of() : of(String.join("\n", lists)).entries;
    }

    static String join(@CheckForNull Collection<String> entries) {
        return entries == null ? "" : String.join("\n", entries);
    }
}
