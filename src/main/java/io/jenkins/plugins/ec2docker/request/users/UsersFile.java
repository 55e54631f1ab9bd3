package io.jenkins.plugins.ec2docker.request.users;

import io.jenkins.plugins.ec2docker.request.values.MailAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Checks a users file: RFC 4180 CSV in UTF-8 (a byte order mark is accepted), a header, a column {@code username} that is filled and unique
 * in each row, and mail addresses in the column {@code email} where there is one. Header names count without regard to case.
 *
 * <p>The file is read once, in memory that grows with the number of users alone: some 40 MiB for a million of them.
 */
public final class UsersFile {
    /** Keeps the memory in bounds; no instance takes a file of that size. */
    static final int MOST_ROWS = 2_000_000;

    private static final Pattern LINE_BREAK = Pattern.compile("\r\n?|\n");

    private static final Pattern CONFLICT = Pattern.compile("={7}|(<{7}|>{7}|\\|{7})( .*)?");
    /** So many that nobody reads on; keeps the memory in bounds. */
    private static final int MOST_ALIKE = 10_000;

    private final Utf8Reader reader;
    private final CSVParser parser;
    private final UsersFileViolations problems = new UsersFileViolations();
    private final DuplicateUsernames usernames = new DuplicateUsernames();
    /** Lines of names with blanks around them or with characters that cannot be seen; such names are compared without. */
    private final Set<Integer> alike = new HashSet<>();
    private List<String> columns = List.of();
    private int username = -1;
    private int email = -1;
    private long lastLine;
    private int brokenBefore;

    private UsersFile(Utf8Reader reader) throws IOException {
        this.reader = reader;
        this.parser = CSVFormat.RFC4180.builder().get().parse(reader);
    }

    /**
     * Reads the file to its end; does not close it.
     *
     * @throws InvalidUsersFileException with what is wrong, by line and column; the first 20 problems and a count
     * @throws IOException where the file cannot be read
     */
    public static UsersSummary check(InputStream file) throws InvalidUsersFileException, IOException {
        Utf8Reader reader = new Utf8Reader(file);
        return new UsersFile(reader).check();
    }

    private UsersSummary check() throws InvalidUsersFileException, IOException {
        long rows = 0;
        String encoding = reader.otherEncoding();
        if (encoding != null) {
            problems.file("The file is " + encoding + "; save it as UTF-8.");
            problems.throwIfAny();
        }
        try {
            Iterator<CSVRecord> records = parser.iterator();
            if (!records.hasNext()) {
                problems.file("The file is empty; it needs a header with the column username, and a row for each user.");
            } else {
                header(take(records));
            }
            while (rows < MOST_ROWS && records.hasNext()) {
                row(take(records));
                rows++;
            }
            tellNumber(rows, records.hasNext());
        } catch (UncheckedIOException stopped) {
            unreadable(stopped.getCause());
        }
        for (DuplicateUsernames.Duplicate duplicate : usernames.duplicates()) {
            boolean same = !alike.contains(duplicate.line()) && !alike.contains(duplicate.firstLine());
            problems.field(duplicate.line(), username + 1, duplicate.name(), "is the username of line " + duplicate.firstLine() + (same
                    ? " again; each may stand once."
                    : " again but for blanks or characters that cannot be seen; write each name once, and without them."));
        }
        problems.throwIfAny();
        return new UsersSummary(rows, reader.byteCount(), columns);
    }

    private void tellNumber(long rows, boolean more) {
        if (more) {
            problems.file("The file has more than " + MOST_ROWS + " users, and no more are read; split it.");
        } else if (rows == 0 && !columns.isEmpty()) {
            problems.file("The file has a header, but no users; add a row for each, or leave the users file out.");
        }
    }

    /** The next row, looked at closely where something in it called for that. */
    private CSVRecord take(Iterator<CSVRecord> records) throws IOException {
        CSVRecord row = records.next();
        reader.release(row.getCharacterPosition());
        if (reader.lastSuspect() >= row.getCharacterPosition()) {
            CsvRowScanner scan = reader.scan(0, lastLine + 1);
            problems.findings(scan, brokenBefore, reader);
            brokenBefore += scan.broken();
        }
        return row;
    }

    private void header(CSVRecord row) throws InvalidUsersFileException {
        if (row.get(0).toLowerCase(Locale.ROOT).startsWith("sep=")) {
            problems.field(1, 1, "", "is for a spreadsheet program alone; remove the line, so that the file begins with the header.");
            problems.throwIfAny();
        }
        if (isConflictMark(row, 1)) {
            problems.throwIfAny();
        }
        columns = List.of(row.values());
        problems.nameColumns(columns);
        Map<String, Integer> known = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i).strip().toLowerCase(Locale.ROOT);
            if (name.isEmpty()) {
                problems.field(1, i + 1, "", "has no name; name each column in the header.");
            } else if (known.putIfAbsent(name, i) != null) {
                problems.field(1, i + 1, columns.get(i), "repeats column " + (known.get(name) + 1) + "; rename or remove one.");
            }
        }
        username = known.getOrDefault("username", -1);
        email = known.getOrDefault("email", -1);
        if (username < 0) {
            boolean otherSeparator = columns.size() == 1 && columns.get(0).matches(".*[;\t|].*");
            problems.row(1, "is the header, and has no column username; "
                    + (otherSeparator ? "separate the columns by commas." : "name the column that holds the users so."));
        }
        lastLine = parser.getCurrentLineNumber();
    }

    private void row(CSVRecord row) {
        long line = lastLine + 1;
        lastLine = parser.getCurrentLineNumber();
        if (isConflictMark(row, line)) {
            return;
        }
        if (row.size() != columns.size()) {
            ragged(row, line);
            return;
        }
        if (username >= 0) {
            String given = row.get(username);
            String name = VisibleText.of(given);
            if (name.length() < given.length() && alike.size() < MOST_ALIKE) {
                alike.add((int) line);
            }
            if (name.isEmpty()) {
                problems.field(lineOf(row, username, line), username + 1, "", "is empty; each user needs a name.");
            } else if (!usernames.add(name, (int) line)) {
                throw new UncheckedIOException(new Utf8Reader.LimitReached("has usernames of more than 48 MiB; split it"));
            }
        }
        String address = email < 0 ? "" : row.get(email);
        if (!address.isEmpty() && !MailAddress.isValid(address)) {
            problems.field(lineOf(row, email, line), email + 1, address, MailAddress.RULE);
        }
    }

    /** Of Git and its like; see git-merge(1), "How conflicts are presented". */
    private boolean isConflictMark(CSVRecord row, long line) {
        boolean mark = CONFLICT.matcher(row.get(0)).matches();
        if (mark) {
            problems.field(line, 1, "", "is the mark of a merge conflict; resolve the conflict and remove its marks.");
        }
        return mark;
    }

    private void ragged(CSVRecord row, long line) {
        boolean empty = row.size() == 1 && row.get(0).isEmpty();
        problems.row(line, empty
                ? "is empty; remove it."
                : "has " + row.size() + (row.size() == 1 ? " column" : " columns") + " where the header has " + columns.size()
                        + "; add what is missing, or quote the field that has a comma in it.");
    }

    /** Earlier fields may have line breaks in them. */
    private static long lineOf(CSVRecord row, int column, long line) {
        long breaks = 0;
        for (int i = 0; i < column; i++) {
            breaks += LINE_BREAK.matcher(row.get(i)).results().count();
        }
        return line + breaks;
    }

    /** Commons CSV cannot go on after such a row. */
    private void unreadable(IOException cause) throws IOException {
        if (cause instanceof Utf8Reader.LimitReached limit) {
            problems.file("The file " + limit.getMessage() + "; reading stopped after line " + lastLine + ".");
            return;
        }
        if (!(cause instanceof CSVException)) {
            throw cause;
        }
        // What is kept begins with the last row that could be read, if there was one.
        int after = lastLine == 0 ? 0 : reader.scan(0, 1).length();
        CsvRowScanner scan = reader.scan(after, lastLine + 1);
        problems.findings(scan, brokenBefore, reader);
        if (scan.findings().isEmpty()) {
            problems.row(lastLine + 1, "is not CSV as RFC 4180 has it; check its quotes.");
        }
    }
}
