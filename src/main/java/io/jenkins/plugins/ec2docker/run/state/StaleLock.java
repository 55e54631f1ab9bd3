package io.jenkins.plugins.ec2docker.run.state;

import io.jenkins.plugins.ec2docker.aws.state.TerraformLockInfo;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.terraform.events.LockInterval;
import io.jenkins.plugins.ec2docker.terraform.process.ProcessFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a lock on a state in S3 was left by a Terraform of the deployment's own runs that is dead: somebody has seen its end, and its events
 * show that it had the lock from the very moment on that the lock names.
 */
final class StaleLock {

    /** A lock keeps all runs after it from working, so that its holder is one of the latest. */
    private static final int RUNS = 10;

    private StaleLock() {}

    /** @return the run whose Terraform left it; empty where that cannot be proved */
    static Optional<String> of(DeploymentStore store, Deployment deployment, TerraformLockInfo lock) throws IOException {
        Instant created;
        try {
            created = Instant.parse(lock.created());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
        List<RunSummary> runs = deployment.runs();
        for (RunSummary run : runs.subList(Math.max(0, runs.size() - RUNS), runs.size())) {
            if (left(store.runDirectory(deployment.name(), run.id()), created)) {
                return Optional.of(run.id());
            }
        }
        return Optional.empty();
    }

    private static boolean left(Path run, Instant created) throws IOException {
        if (!Files.isDirectory(run)) {
            return false;
        }
        try (Stream<Path> directories = Files.list(run)) {
            for (Path directory : directories.filter(Files::isDirectory).toList()) {
                ProcessFiles files = new ProcessFiles(directory);
                if (Files.exists(files.over()) && LockInterval.of(files.stdout()).filter(held -> held.isOf(created)).isPresent()) {
                    return true;
                }
            }
        }
        return false;
    }
}
