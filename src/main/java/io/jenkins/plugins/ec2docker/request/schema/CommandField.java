package io.jenkins.plugins.ec2docker.request.schema;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.document.DocumentNode;
import io.jenkins.plugins.ec2docker.request.values.ShellWords;
import java.util.ArrayList;
import java.util.List;

/** Reads a container's {@code command}: a list of words, or one line to be split into words. No message shows it: passwords stand there. */
final class CommandField {
    private CommandField() {}

    /** Empty where there is none. */
    static List<String> read(DocumentNode node) {
        if (node.isAbsent()) {
            return List.of();
        }
        List<String> words = node.isText() ? split(node) : words(node);
        if (words != null && words.isEmpty()) {
            node.refuseUnseen("is empty; leave it out to run the image's own command.");
        }
        return words == null ? List.of() : words;
    }

    @CheckForNull
    private static List<String> split(DocumentNode node) {
        String line = node.freeText();
        try {
            return line == null ? null : ShellWords.split(line);
        } catch (IllegalArgumentException unbalanced) {
            return node.refuseUnseen(unbalanced.getMessage());
        }
    }

    /** Null where something is wrong. */
    @CheckForNull
    static List<String> words(DocumentNode node) {
        if (!node.isList()) {
            return node.refuseUnseen("must be one line of text or a list of words.");
        }
        List<String> words = new ArrayList<>();
        boolean sound = true;
        for (DocumentNode item : node.items()) {
            String word = item.isAbsent() ? item.refuseUnseen("is empty; write \"\" for an empty word.") : item.freeText();
            sound &= word != null && words.add(word);
        }
        return sound ? words : null;
    }
}
