package io.jenkins.plugins.ec2docker.request.document;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.values.DisplayText;
import io.jenkins.plugins.ec2docker.request.values.DurationFormat;
import io.jenkins.plugins.ec2docker.request.values.ViolationCollector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One value of a document together with its path: taken as what it should be, or noted as a problem.
 *
 * <p>Every reading method answers null both where the value is absent (null) and where it is wrong; the problem has then been noted, so the
 * caller goes on and nothing is built in the end. In mode {@link ReadMode#STORED} a value that only breaks a rule is answered all the same.
 */
public final class DocumentNode {
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?[0-9]{1,18}");
    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final String path;
    @CheckForNull
    private final Object value;
    private final ViolationCollector problems;
    private final ReadMode mode;

    DocumentNode(String path, @CheckForNull Object value, ViolationCollector problems, ReadMode mode) {
        this.path = path;
        this.value = value;
        this.problems = problems;
        this.mode = mode;
    }

    /** As {@code containers[0].image}. */
    public String path() {
        return path;
    }

    public boolean isAbsent() {
        return value == null;
    }

    public boolean isText() {
        return isText(value);
    }

    public static boolean isText(@CheckForNull Object value) {
        return value instanceof CharSequence || value instanceof Number || value instanceof Boolean;
    }

    /** Whether it is just that text; notes nothing. */
    public boolean says(String text) {
        return isText() && String.valueOf(value).equals(text);
    }

    public boolean isMap() {
        return value instanceof Map;
    }

    /** The value of a field of a map whose unknown fields are looked for elsewhere. */
    public DocumentNode peek(String field) {
        return new DocumentNode(path + "." + field, value instanceof Map<?, ?> map ? map.get(field) : null, problems, mode);
    }

    public boolean isList() {
        return value instanceof Collection;
    }

    /** Notes a problem and shows the value, if it is text; answers null for the caller to return. */
    @CheckForNull
    public <T> T refuse(String message) {
        problems.add(path, isText() ? String.valueOf(value) : "", message);
        return null;
    }

    /** Notes a broken rule and shows the value, if it is text; answers what was read of it where that stays, else null. */
    @CheckForNull
    public <T> T refuse(@CheckForNull T read, String message) {
        return rejects(message) ? null : read;
    }

    /** Notes a broken rule and shows the value, if it is text; answers whether the value is not to be taken. */
    public boolean rejects(String message) {
        refuse(message);
        return mode == ReadMode.STRICT;
    }

    /** Notes a problem without showing the value, which may be a secret. */
    @CheckForNull
    public <T> T refuseUnseen(String message) {
        problems.add(path, "", message);
        return null;
    }

    /** Notes a broken rule without showing the value; answers what was read of it where that stays, else null. */
    @CheckForNull
    public <T> T refuseUnseen(T read, String message) {
        return rejectsUnseen(message) ? null : read;
    }

    /** Notes a broken rule without showing the value; answers whether the value is not to be taken. */
    public boolean rejectsUnseen(String message) {
        refuseUnseen(message);
        return mode == ReadMode.STRICT;
    }

    /** Any text at all that can be written as UTF-8 and handed to a process: no NUL, no half characters. May be a secret: never shown. */
    @CheckForNull
    public String freeText() {
        if (value == null) {
            return null;
        }
        if (!isText()) {
            return refuseUnseen("must be text, but is " + kind() + ".");
        }
        String text = value.toString();
        if (text.indexOf('\0') >= 0) {
            return refuseUnseen(text, "has a NUL character, which no process can be given; remove it.");
        }
        if (!isWholeCharacters(text)) {
            return refuseUnseen(text, "has half of a surrogate pair, which is no character; remove it.");
        }
        return text;
    }

    /** Whether the text can be written as UTF-8; an unpaired surrogate would silently become a question mark. */
    public static boolean isWholeCharacters(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /** One line of text without white space around it. */
    @CheckForNull
    public String text() {
        String text = freeText();
        if (text == null) {
            return null;
        }
        if (text.isEmpty()) {
            return refuse("is empty; give a value or leave the field out.");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            return refuse(text, "has a control character or line break in it; remove it.");
        }
        return text.equals(text.strip()) ? text : refuse(text, "has white space around it; remove that.");
    }

    /** One line of text that keeps a rule; the message is shown where it does not. */
    @CheckForNull
    public String text(Predicate<String> rule, String message) {
        String text = text();
        return text == null || rule.test(text) ? text : refuse(text, message);
    }

    /** A whole number in a range; the unit, as " GiB", is for the message only. */
    @CheckForNull
    public Integer integer(int lowest, int highest, String unit) {
        String text = text();
        if (text == null) {
            return null;
        }
        String rule = "must be a whole number from " + lowest + " to " + highest + unit + ".";
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            return refuse(rule);
        }
        long number = Long.parseLong(text);
        boolean inRange = number >= lowest && number <= highest;
        boolean readable = number == (int) number;
        return inRange ? Integer.valueOf((int) number) : readable ? refuse((int) number, rule) : refuse(rule);
    }

    /** {@code true} or {@code false}; YAML 1.1's yes, no, on and off are text in YAML 1.2 and refused. */
    @CheckForNull
    public Boolean bool() {
        String text = text();
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> refuse("must be true or false.");
        };
    }

    /** A duration in a range, both ends included. */
    @CheckForNull
    public Duration duration(Duration shortest, Duration longest) {
        String text = text();
        if (text == null) {
            return null;
        }
        Duration duration = DurationFormat.parse(text).orElse(null);
        if (duration == null) {
            return refuse("must be a duration such as 30m, 8h or 2d (units: d, h, m, s, ms).");
        }
        boolean inRange = duration.compareTo(shortest) >= 0 && duration.compareTo(longest) <= 0;
        return inRange ? duration
                : refuse(duration, "must be from " + DurationFormat.format(shortest) + " to " + DurationFormat.format(longest) + ".");
    }

    /** The items of a list, none where the value is absent or a section. One text is a list of one. */
    public List<DocumentNode> items() {
        List<DocumentNode> items = new ArrayList<>();
        if (value instanceof Collection<?> list) {
            for (Object item : list) {
                items.add(new DocumentNode(path + "[" + items.size() + "]", item, problems, mode));
            }
        } else if (isText()) {
            items.add(this);
        } else if (value != null) {
            refuse("must be a list, but is " + kind() + ".");
        }
        return items;
    }

    /** The entries of a map with keys of the user's own, none where the value is absent or not a map. */
    public Map<String, DocumentNode> entries() {
        Map<String, DocumentNode> entries = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, entry) -> {
                String name = String.valueOf(key);
                String step = PLAIN_KEY.matcher(name).matches() ? "." + name : "[\"" + DisplayText.shorten(name) + "\"]";
                entries.put(name, new DocumentNode(path + step, entry, problems, mode));
            });
        } else if (value != null) {
            refuseUnseen("must be a map of names and values, but is " + kind() + ".");
        }
        return entries;
    }

    /** The value as a section with known fields; null where it is absent or no map. Unknown fields are noted at once. */
    @CheckForNull
    public DocumentSection fields(String... known) {
        if (value == null) {
            return null;
        }
        if (value instanceof Map<?, ?> map) {
            return new DocumentSection(path, map, List.of(known), problems, mode);
        }
        return refuseUnseen("must be a section with fields (" + String.join(", ", known) + "), but is " + kind() + ".");
    }

    /** How many problems the whole document has so far. */
    int problemCount() {
        return problems.count();
    }

    private String kind() {
        return value instanceof Collection ? "a list" : value instanceof Map ? "a section" : isText() ? "text" : "something else";
    }
}
