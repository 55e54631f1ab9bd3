package io.jenkins.plugins.ec2docker.upkeep.sweep;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.cleanup.TaggedResource;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * One thing in AWS that this store's runs have made and no deployment of the store knows.
 *
 * @param age since AWS says that it was created, or else since the last run of its deployment began; null where neither is known
 * @param hourlyCost its list price in USD for an hour ({@link io.jenkins.plugins.ec2docker.aws.Prices}), or null where it is not known
 * @param kept why it would not be removed now, or null where it would
 * @param knownBy number of the state version from which its deployment can take it over, or null where none knew it
 * @param adopted whether its deployment has taken it over
 * @param outcome what became of it: null where nothing was done to it, empty if what was asked for succeeded, else why it did not
 */
public record OrphanedResource(
        TaggedResource resource, @CheckForNull Duration age, @CheckForNull BigDecimal hourlyCost, @CheckForNull String kept,
        @CheckForNull Integer knownBy, boolean adopted, @CheckForNull String outcome) {

    public boolean isRemoved() {
        return outcome != null && outcome.isEmpty() && !adopted;
    }

    /** Whether a removal would remove it. */
    public boolean isRemovable() {
        return kept == null && outcome == null;
    }

    /** Whether its deployment can take it over. */
    public boolean isAdoptable() {
        return knownBy != null && outcome == null;
    }

    OrphanedResource ended(String how) {
        return new OrphanedResource(resource, age, hourlyCost, kept, knownBy, false, how);
    }

    OrphanedResource takenOver() {
        return new OrphanedResource(resource, age, hourlyCost, kept, knownBy, true, "");
    }
}
