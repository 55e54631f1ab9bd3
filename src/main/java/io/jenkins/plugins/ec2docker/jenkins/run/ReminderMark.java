package io.jenkins.plugins.ec2docker.jenkins.run;

import io.jenkins.plugins.ec2docker.provisioning.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** For which moment people were reminded of a deployment's end last; kept beside the deployment. */
public final class ReminderMark {

    private ReminderMark() {}

    /** Null for none. */
    public static Instant find(String job, String deployment) throws IOException {
        Path file = file(job, deployment);
        try {
            return Files.isRegularFile(file) ? Instant.parse(Files.readString(file).strip()) : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** @param moment the end minus what the reminder was meant for before it */
    public static void save(String job, String deployment, Instant moment) throws IOException {
        AtomicFile.write(file(job, deployment), moment.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Path file(String job, String deployment) {
        return JobDeployments.directory(job).resolve(deployment).resolve("reminded");
    }
}
