package io.jenkins.plugins.ec2docker.run.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * Whether a run changes the containers of the instance that serves.
 *
 * @param instance that instance; only for {@link Way#IN_PLACE}, else null
 */
public record UpdateDecision(Way way, @CheckForNull String instance) {

    public static final UpdateDecision ORDINARY = new UpdateDecision(Way.ORDINARY, null);
    public static final UpdateDecision ANEW = new UpdateDecision(Way.ANEW, null);

    public enum Way {
        /** As every update: by what Terraform does, and where it has to be by another instance. */
        ORDINARY,
        /** The instance stays, and its containers are told their images. */
        IN_PLACE,
        /** By another instance even where nothing has changed, because nobody knows what the one that serves runs. */
        ANEW
    }

    public static UpdateDecision inPlace(String instance) {
        return new UpdateDecision(Way.IN_PLACE, instance);
    }

    /** Not part of what is stored. */
    @JsonIgnore
    public boolean isInPlace() {
        return way == Way.IN_PLACE;
    }
}
