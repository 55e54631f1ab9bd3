package io.jenkins.plugins.ec2docker.jenkins.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Item;
import io.jenkins.plugins.ec2docker.jenkins.controller.JenkinsEncryption;
import io.jenkins.plugins.ec2docker.platform.AtomicFile;
import io.jenkins.plugins.ec2docker.platform.StoredJson;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the deployments of each job are kept: they outlive its builds, and follow it when it is renamed or moved. */
public final class JobDeployments {

    private static final ObjectMapper MAPPER = StoredJson.mapper();

    private JobDeployments() {}

    /** The deployments of a job, sealed with this controller's keys. */
    public static DeploymentStore of(Item job) {
        return of(job.getFullName());
    }

    /** Whether the job has ever had a deployment; opens no file. */
    public static boolean areThere(Item job) {
        return JobDirectories.get().find(job.getFullName()).isPresent();
    }

    /** Those of a job that may be gone. */
    public static DeploymentStore of(String jobFullName) {
        return new DeploymentStore(directory(jobFullName), new JenkinsEncryption());
    }

    public static Path directory(String jobFullName) {
        return JobDirectories.get().of(jobFullName);
    }

    public static void remember(String jobFullName, String deployment, LastRunContext origin) throws IOException {
        AtomicFile.write(originFile(jobFullName, deployment), MAPPER.writeValueAsBytes(origin));
    }

    public static Optional<LastRunContext> origin(String jobFullName, String deployment) throws IOException {
        Path file = originFile(jobFullName, deployment);
        return Files.isRegularFile(file) ? Optional.of(MAPPER.readValue(Files.readAllBytes(file), LastRunContext.class)) : Optional.empty();
    }

    /** Where the records of a run go whose build did not survive a crash. */
    public static Path orphan(String jobFullName, int build, String runId) {
        return OrphanRunFiles.root().resolve(directory(jobFullName).getFileName()).resolve(Integer.toString(build))
                .resolve(runId);
    }

    private static Path originFile(String jobFullName, String deployment) {
        return directory(jobFullName).resolve(deployment).resolve("origin.json");
    }
}
