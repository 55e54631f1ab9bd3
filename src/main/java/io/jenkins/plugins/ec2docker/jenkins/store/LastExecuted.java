package io.jenkins.plugins.ec2docker.jenkins.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.platform.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Up to which moment something has been done for a deployment; kept beside it. */
public enum LastExecuted {
    /** For which moment people were reminded of its end last: the end minus what the reminder was meant for before it. */
    REMINDED("reminded"),
    /** Which moment of its schedule was obeyed last. */
    HOURS("hours");

    private final String file;

    LastExecuted(String file) {
        this.file = file;
    }

    /** Null for none. */
    @CheckForNull
    public Instant find(String job, String deployment) throws IOException {
        Path path = path(job, deployment);
        try {
            return Files.isRegularFile(path) ? Instant.parse(Files.readString(path).strip()) : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    public void save(String job, String deployment, Instant moment) throws IOException {
        AtomicFile.write(path(job, deployment), moment.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Path path(String job, String deployment) {
        return JobDeployments.directory(job).resolve(deployment).resolve(file);
    }
}
