package io.jenkins.plugins.ec2docker.request.users;

import java.util.ArrayList;
import java.util.List;

/**
 * Looks closely at one row of a CSV file, to say where in it RFC 4180 is broken. Commons CSV reads the rows; this finds line and column of
 * what it, or {@link Utf8Reader}, stumbled over.
 */
final class CsvRowScanner {
    /** What can be wrong inside a row. */
    enum Fault {
        UNCLOSED_QUOTE,
        TEXT_AFTER_QUOTE,
        CONTROL_CHARACTER,
        NOT_UTF8,
        BYTE_ORDER_MARK
    }

    /**
     * One fault, told once for each field.
     *
     * @param line of the file, from 1
     * @param column field in the row, from 1
     * @param detail the control character, or how many {@link Utf8Reader#BROKEN} stood before this one in the row
     */
    record Finding(Fault fault, long line, int column, int detail) {}

    private enum State {
        FIELD_START,
        BARE,
        QUOTED,
        AFTER_QUOTE
    }

    private final char[] text;
    private final int from;
    private final int limit;
    private final List<Finding> findings = new ArrayList<>();
    private int at;
    private long line;
    private int column = 1;
    private int broken;
    private State state = State.FIELD_START;
    private long quoteLine;

    /**
     * @param from index of the row's first character
     * @param limit index after the last character of the text
     * @param line of the file on which the row begins
     */
    CsvRowScanner(char[] text, int from, int limit, long line) {
        this.text = text;
        this.from = from;
        this.limit = limit;
        this.at = from;
        this.line = line;
        while (at < limit && !step(text[at++])) {
            // One character at a time, to the end of the row.
        }
        if (state == State.QUOTED) {
            find(Fault.UNCLOSED_QUOTE, quoteLine, 0);
        }
    }

    /** In the order in which they stand. */
    List<Finding> findings() {
        return findings;
    }

    /** Characters in the row, its line break included. */
    int length() {
        return at - from;
    }

    /** How many {@link Utf8Reader#BROKEN} the row has. */
    int broken() {
        return broken;
    }

    /** Whether the row ends with this character. */
    private boolean step(char c) {
        if (c == '\n' || c == '\r') {
            return lineBreak(c);
        }
        if (c == Utf8Reader.BROKEN) {
            find(Fault.NOT_UTF8, line, broken++);
        } else if (c == Utf8Reader.MARK) {
            find(Fault.BYTE_ORDER_MARK, line, 0);
        } else if (Character.isISOControl(c)) {
            find(Fault.CONTROL_CHARACTER, line, c);
        }
        switch (state) {
            case QUOTED -> state = c == '"' ? State.AFTER_QUOTE : State.QUOTED;
            case FIELD_START -> start(c);
            default -> inOrAfter(c);
        }
        return false;
    }

    private void start(char c) {
        if (c == '"') {
            state = State.QUOTED;
            quoteLine = line;
        } else if (c == ',') {
            column++;
        } else {
            state = State.BARE;
        }
    }

    private void inOrAfter(char c) {
        if (c == ',') {
            column++;
            state = State.FIELD_START;
        } else if (state == State.AFTER_QUOTE) {
            if (c == '"') {
                state = State.QUOTED;
            } else {
                find(Fault.TEXT_AFTER_QUOTE, line, 0);
                state = State.BARE;
            }
        }
    }

    private boolean lineBreak(char c) {
        boolean pair = c == '\r' && at < limit && text[at] == '\n';
        at += pair ? 1 : 0;
        line++;
        return state != State.QUOTED;
    }

    private void find(Fault fault, long where, int detail) {
        boolean told = findings.stream().anyMatch(f -> f.fault() == fault && f.column() == column);
        if (!told) {
            findings.add(new Finding(fault, where, column, detail));
        }
    }
}
