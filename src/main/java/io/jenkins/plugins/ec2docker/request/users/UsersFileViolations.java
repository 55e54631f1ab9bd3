package io.jenkins.plugins.ec2docker.request.users;

import io.jenkins.plugins.ec2docker.request.values.DisplayText;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is wrong with a users file: the first {@value #MOST} problems in words, of the rest only how many there are. */
final class UsersFileViolations {
    private static final int MOST = 20;

    private final List<Violation> violations = new ArrayList<>();
    private List<String> columns = List.of();
    private long count;

    /** Names for the messages, once the header is known. */
    void nameColumns(List<String> names) {
        columns = names;
    }

    void file(String message) {
        add("", message);
    }

    void row(long line, String message) {
        add("", "Line " + line + " " + message);
    }

    /** @param column from 1 */
    void field(long line, int column, String value, String message) {
        String name = column <= columns.size() ? " (" + DisplayText.shorten(columns.get(column - 1)) + ")" : "";
        add(value, "Line " + line + ", column " + column + name + " " + message);
    }

    void findings(CsvRowScanner row, int brokenBefore, Utf8Reader reader) {
        for (CsvRowScanner.Finding finding : row.findings()) {
            field(finding.line(), finding.column(), "", switch (finding.fault()) {
                case UNCLOSED_QUOTE -> "begins with a quote that is never closed; close it, or double it if it is meant as a character.";
                case TEXT_AFTER_QUOTE -> "has text after its closing quote; quote the whole field, and double the quotes in it.";
                case CONTROL_CHARACTER -> controlCharacter(finding.detail());
                case NOT_UTF8 -> "is not valid UTF-8 at byte offset " + reader.brokenOffset(brokenBefore + finding.detail())
                        + " (from 0) of the file; save the file as UTF-8.";
                case BYTE_ORDER_MARK -> "has a byte order mark, which may only begin the file; remove it.";
            });
        }
    }

    void throwIfAny() throws InvalidUsersFileException {
        if (count == 0) {
            return;
        }
        if (count > MOST) {
            violations.add(new Violation("users", "", "There are " + (count - MOST) + " more problems; mend these first."));
        }
        throw new InvalidUsersFileException(violations);
    }

    private static String controlCharacter(int c) {
        return switch (c) {
            case 0 -> "has a NUL character; remove it.";
            case '\t' -> "has a tab, which RFC 4180 does not allow; separate columns by commas, and write spaces within one.";
            default -> String.format(Locale.ROOT, "has the control character U+%04X; remove it.", c);
        };
    }

    private void add(String value, String message) {
        if (count++ < MOST) {
            violations.add(new Violation("users", value, message));
        }
    }
}
