package io.jenkins.plugins.ec2docker.jenkins.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.List;

/** How the describables keep lists: as plain ones that Jenkins stores readably, and none where nothing is in them. */
public final class OptionalLists {
    private OptionalLists() {}

    /** A copy, or null where the list is null or empty. */
    @CheckForNull
    public static <T> List<T> orNull(@CheckForNull List<T> values) {
        return values == null || values.isEmpty() ? null : new ArrayList<>(values);
    }
}
