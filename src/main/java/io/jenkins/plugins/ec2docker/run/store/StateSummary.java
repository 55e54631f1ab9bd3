package io.jenkins.plugins.ec2docker.run.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.terraform.documents.StateContent;
import io.jenkins.plugins.ec2docker.terraform.documents.StateReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;

/**
 * A state version as people are shown it. Holds none of the state's values, which are secrets in part.
 *
 * @param number counts from 1
 * @param runId the run that left it
 * @param restored number of the version that it brought back; null for what a run left
 * @param written when it was kept
 * @param bytes of the state itself
 * @param serial Terraform's own count; null where the state cannot be read
 * @param resources that it knows; null likewise
 */
public record StateSummary(int number, String runId, @CheckForNull Integer restored, Instant written, long bytes, @CheckForNull Long serial,
        @CheckForNull Integer resources) {

    /** @throws IOException if the file cannot be read, or was sealed with other keys */
    public static StateSummary of(StateVersions versions, StateVersions.Version version) throws IOException {
        byte[] state = versions.read(version);
        Instant written = Files.getLastModifiedTime(version.file()).toInstant();
        StateContent known =
                StateReader.read(new ByteArrayInputStream(state)) instanceof StateReader.Reading.State read ? read.version() : null;
        return new StateSummary(
                version.number(), version.runId(), version.restored(), written, state.length,
                known == null ? null : Long.valueOf(known.serial()), known == null ? null : Integer.valueOf(known.instances().size()));
    }
}
