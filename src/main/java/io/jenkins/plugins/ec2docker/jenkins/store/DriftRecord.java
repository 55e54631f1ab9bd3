package io.jenkins.plugins.ec2docker.jenkins.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.jenkins.controller.JenkinsEncryption;
import io.jenkins.plugins.ec2docker.platform.AtomicFile;
import io.jenkins.plugins.ec2docker.platform.StoredJson;
import io.jenkins.plugins.ec2docker.terraform.documents.DriftedAttribute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the last drift check of a deployment found; kept beside it, sealed, because AWS's values stand in it.
 *
 * @param by who asked for it
 * @param deploymentId of the deployment that was looked at: a later one may have got its name
 * @param run whose request was applied then
 * @param drifts none where it is as it was applied, or where there is a problem
 * @param problem why it could not be found out; null where it could
 */
public record DriftRecord(Instant checked, String by, @CheckForNull String deploymentId, @CheckForNull String run,
        List<DriftedAttribute> drifts, @CheckForNull String problem) {

    private static final ObjectMapper MAPPER = StoredJson.mapper();

    public DriftRecord {
        drifts = List.copyOf(drifts);
    }

    /** Empty before the first check. */
    public static Optional<DriftRecord> find(String job, String deployment) throws IOException {
        Path file = file(job, deployment);
        return Files.isRegularFile(file)
                ? Optional.of(MAPPER.readValue(new JenkinsEncryption().open(Files.readAllBytes(file)), DriftRecord.class))
                : Optional.empty();
    }

    public void save(String job, String deployment) throws IOException {
        AtomicFile.write(file(job, deployment), new JenkinsEncryption().seal(MAPPER.writeValueAsBytes(this)));
    }

    private static Path file(String job, String deployment) {
        return JobDeployments.directory(job).resolve(deployment).resolve("drift");
    }
}
