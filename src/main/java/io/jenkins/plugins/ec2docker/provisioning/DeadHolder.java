package io.jenkins.plugins.ec2docker.provisioning;

import io.jenkins.plugins.ec2docker.aws.StateLock;
import io.jenkins.plugins.ec2docker.terraform.LockHeld;
import io.jenkins.plugins.ec2docker.terraform.RunFiles;
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
final class DeadHolder {

    /** A lock keeps all runs after it from working, so that its holder is one of the latest. */
    private static final int RUNS = 10;

    private DeadHolder() {}

    /** @return the run whose Terraform left it; empty where that cannot be proved */
    static Optional<String> of(DeploymentStore store, Deployment deployment, StateLock lock) throws IOException {
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
                RunFiles files = new RunFiles(directory);
                if (Files.exists(files.over()) && LockHeld.of(files.stdout()).filter(held -> held.isOf(created)).isPresent()) {
                    return true;
                }
            }
        }
        return false;
    }
}
