package io.jenkins.plugins.ec2docker.jenkins.runs;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a step or builder asks for, before anything of it has been looked at. May hold secrets (a container's environment), so that it is
 * never written anywhere as it is.
 *
 * @param document the request as a plain map of the request's own field names, as {@code RequestParser} takes it; empty for a destruction
 * @param usersCsvPath path of the users file within the build's workspace, or null; not together with {@code usersText}
 * @param usersText the users file's content, or null
 * @param credentialsId AWS credentials that the job may use; null for those of the controller itself, where an administrator allows that
 * @param deployment name of what is to be destroyed or rolled back; null for the other purposes, whose document names it
 * @param backTo the run to roll back to, or null for the last good one before the present
 */
public record RunOrder(
        Purpose purpose,
        Map<String, Object> document,
        @CheckForNull String usersCsvPath,
        @CheckForNull String usersText,
        @CheckForNull String credentialsId,
        @CheckForNull String deployment,
        @CheckForNull String backTo)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public RunOrder {
        Objects.requireNonNull(purpose, "purpose");
        document = document == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(document));
        usersCsvPath = blankToNull(usersCsvPath);
        usersText = blankToNull(usersText);
        credentialsId = blankToNull(credentialsId);
        deployment = blankToNull(deployment);
        backTo = blankToNull(backTo);
        if ((purpose == Purpose.DESTROY || purpose == Purpose.ROLLBACK) != (deployment != null)) {
            throw new IllegalArgumentException("A destruction and a rollback name their deployment, and nothing else does.");
        }
    }

    public static RunOrder provision(Map<String, Object> document, @CheckForNull String usersCsvPath, @CheckForNull String usersText,
            @CheckForNull String credentialsId) {
        return new RunOrder(Purpose.PROVISION, document, usersCsvPath, usersText, credentialsId, null, null);
    }

    public static RunOrder plan(Map<String, Object> document, @CheckForNull String usersCsvPath, @CheckForNull String usersText,
            @CheckForNull String credentialsId) {
        return new RunOrder(Purpose.PLAN, document, usersCsvPath, usersText, credentialsId, null, null);
    }

    /**
     * @param name of a deployment of the job, as the request that made it named it
     * @param credentialsId null for those that made it
     */
    public static RunOrder destroy(String name, @CheckForNull String credentialsId) {
        return new RunOrder(Purpose.DESTROY, Map.of(), null, null, credentialsId, Objects.requireNonNull(name, "name"), null);
    }

    /**
     * @param name of a deployment of the job
     * @param runId one of its good runs, or null for the last that was given something else than what is there now
     * @param credentialsId null for those that made it
     */
    public static RunOrder rollback(String name, @CheckForNull String runId, @CheckForNull String credentialsId) {
        return new RunOrder(Purpose.ROLLBACK, Map.of(), null, null, credentialsId, Objects.requireNonNull(name, "name"), runId);
    }

    /** Tells nothing of the request, which may hold secrets. */
    @Override
    public String toString() {
        return "RunOrder[" + purpose.text() + (deployment == null ? "" : " " + deployment) + "]";
    }

    @CheckForNull
    private static String blankToNull(@CheckForNull String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
