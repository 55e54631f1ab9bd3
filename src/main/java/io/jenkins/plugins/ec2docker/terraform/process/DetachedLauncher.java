package io.jenkins.plugins.ec2docker.terraform.process;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Starts a command on this machine so that it outlives this JVM; {@link DetachedCommand} says how, {@link TerraformProcess} what then. */
public final class DetachedLauncher {
    private static final FileAttribute<?> OWNER_ONLY = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private DetachedLauncher() {}

    /**
     * Returns when the command has begun.
     *
     * @param runDirectory made if missing (0700); no other process was ever launched in it
     * @param workingDirectory in which the command runs
     * @param command program (absolute, or found on the given PATH) and arguments
     * @param environment the whole of it; nothing is inherited
     * @throws FileAlreadyExistsException the run directory was used before
     * @throws IOException the system cannot start a shell, or the directory cannot be written
     */
    public static TerraformProcess start(Path runDirectory, Path workingDirectory, List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessFiles files = prepare(runDirectory);
        ProcessBuilder builder = new ProcessBuilder(commandLine(files, workingDirectory, environment.keySet(), command));
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.start().getOutputStream().close();

        TerraformProcess process = new TerraformProcess(files);
        if (process.begin() instanceof ProcessStatus.Vanished vanished) {
            throw new IOException(vanished.reason() + " See " + files.launcherLog());
        }
        return process;
    }

    /**
     * Takes the run directory for one launch, for callers that start {@link #commandLine} by means of their own.
     *
     * @throws FileAlreadyExistsException the run directory was used before
     */
    public static ProcessFiles prepare(Path runDirectory) throws IOException {
        Path directory = runDirectory.toAbsolutePath();
        if (Files.notExists(directory)) {
            Files.createDirectories(directory, OWNER_ONLY);
        }
        ProcessFiles files = new ProcessFiles(directory);
        Files.writeString(files.script(), DetachedCommand.scriptText(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return files;
    }

    /** @param variables names of all environment variables that the command shall see */
    public static List<String> commandLine(ProcessFiles files, Path workingDirectory, Collection<String> variables, List<String> command) {
        return DetachedCommand.start(
                files.script().toString(), files.directory().toString(), workingDirectory.toAbsolutePath().toString(), variables, command);
    }
}
