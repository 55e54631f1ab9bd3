package io.jenkins.plugins.ec2docker.request.schema;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.document.DocumentNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads {@code tags}. They go onto EC2 and IAM resources alike, so the narrower rule of the two holds:
 * docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html, "Tag restrictions", and
 * docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html (characters, and keys that differ in case alone are the same key).
 */
public final class TagsField {
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;
    /** 50 on one resource, less the four that tell whose it is: Name and three that begin with ec2-docker. */
    private static final int MOST = 50 - 4;

    private static final Pattern CHARACTERS = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+@-]*");
    private static final String ALLOWED = "letters, digits, spaces and _ . : / = + - @";

    private TagsField() {}

    public static Map<String, String> read(DocumentNode node) {
        Map<String, String> tags = new LinkedHashMap<>();
        Set<String> keys = new HashSet<>();
        Map<String, DocumentNode> entries = node.entries();
        if (entries.size() > MOST) {
            node.refuse("has " + entries.size() + " tags; at most " + MOST + " fit beside the plugin's own. Remove some.");
        }
        entries.forEach((key, valueNode) -> {
            String problem = keyProblem(key);
            if (problem == null && !keys.add(key.toLowerCase(Locale.ROOT))) {
                problem = "differs from another tag key in case only, which IAM takes for the same; rename one.";
            }
            if (problem != null && valueNode.rejects(problem)) {
                return;
            }
            String value = value(valueNode);
            if (value != null) {
                tags.put(key, value);
            }
        });
        return tags;
    }

    @CheckForNull
    private static String keyProblem(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        if (key.isEmpty() || key.length() > LONGEST_KEY || !CHARACTERS.matcher(key).matches()) {
            return "has a key that breaks the rule: 1 to " + LONGEST_KEY + " characters out of " + ALLOWED + ".";
        }
        if (lower.startsWith("aws:")) {
            return "has a key beginning with aws:, which AWS keeps for itself; rename it.";
        }
        if (lower.startsWith("ec2-docker:") || lower.equals("name")) {
            return "has a key by which the plugin finds its own resources (Name, ec2-docker:…); rename it.";
        }
        return key.equals(key.strip()) ? null : "has a key with white space around it; remove that.";
    }

    @CheckForNull
    private static String value(DocumentNode node) {
        String value = node.isAbsent() ? "" : node.freeText();
        boolean good = value == null || value.length() <= LONGEST_VALUE && CHARACTERS.matcher(value).matches();
        return good ? value : node.refuse(value, "must be at most " + LONGEST_VALUE + " characters out of " + ALLOWED + ".");
    }
}
