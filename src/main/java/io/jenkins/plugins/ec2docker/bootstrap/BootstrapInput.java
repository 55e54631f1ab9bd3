package io.jenkins.plugins.ec2docker.bootstrap;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * All that the bootstrap depends on.
 *
 * @param request the checked request
 * @param usersCsv the users file as uploaded; null for none
 * @param runId names the run in the boot's closing line: 1 to 64 letters, digits, {@code .}, {@code _} and {@code -}
 * @param group the Auto Scaling group that launches the instance and is told of the boot's end; null for none
 */
public record BootstrapInput(ProvisionRequest request, @CheckForNull byte[] usersCsv, String runId, @CheckForNull String group) {
    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** Of an instance that no group launches. */
    public BootstrapInput(ProvisionRequest request, @CheckForNull byte[] usersCsv, String runId) {
        this(request, usersCsv, runId, null);
    }

    public BootstrapInput {
        Objects.requireNonNull(request, "request");
        if (!RUN_ID.matcher(runId).matches()) {
            throw new IllegalArgumentException("run id " + runId + " is not of the form " + RUN_ID);
        }
    }

    /** Whether the containers are told of a database; of an instance alone there is none. */
    boolean hasDatabase() {
        return group != null && request.hasSection("database");
    }

}
