package io.jenkins.plugins.ec2docker.request.values;

import java.util.ArrayList;
import java.util.List;

/** Gathers everything that is wrong with a document while it is read, so that the user hears of all of it at once. */
public final class ViolationCollector {
    /** More than anyone mends in one go; keeps the answer to a hostile document short. */
    private static final int MOST = 200;

    private final List<Violation> violations = new ArrayList<>();
    private int untold;

    /** Notes a broken rule; the value is shown in the message, so it must not be a secret. */
    public void add(String field, String value, String message) {
        if (violations.size() < MOST) {
            violations.add(new Violation(field, value, message));
        } else {
            untold++;
        }
    }

    public boolean isEmpty() {
        return violations.isEmpty();
    }

    /** How many there are so far; the same before and after reading something means that it was sound. */
    public int count() {
        return violations.size() + untold;
    }

    /** What was noted, in order; after the first {@value MOST} one entry that counts the rest. */
    public List<Violation> list() {
        List<Violation> all = new ArrayList<>(violations);
        if (untold > 0) {
            all.add(new Violation("", "", "There are " + untold + " more problems; mend these first."));
        }
        return List.copyOf(all);
    }
}
