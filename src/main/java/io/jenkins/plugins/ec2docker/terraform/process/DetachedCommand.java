package io.jenkins.plugins.ec2docker.terraform.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * The command lines that start and interrupt a detached process, apart from who runs them: a {@link ProcessBuilder} here, the launcher of a
 * Jenkins agent there. Either gives the environment beside the command line, never in it.
 */
public final class DetachedCommand {
    private static final List<String> TOOLS = List.of("sh", "env", "sed", "cat", "ln", "mv", "rm");

    private DetachedCommand() {}

    /**
     * @param script where {@link #scriptText()} was written; absolute, as are the other paths
     * @param runDirectory of this process alone, see {@link ProcessFiles}
     * @param workingDirectory in which the command runs
     * @param variables names of the environment variables the command shall see; whatever else the launching side sets is removed
     * @param command what to run, with its arguments
     */
    public static List<String> start(
            String script, String runDirectory, String workingDirectory, Collection<String> variables, List<String> command) {
        for (String name : variables) {
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw new IllegalArgumentException("not the name of an environment variable: " + name);
            }
        }
        List<String> line = new ArrayList<>(List.of(
                "sh", script, "start", runDirectory, workingDirectory, String.join(" ", variables.stream().sorted().toList())));
        line.addAll(command);
        return List.copyOf(line);
    }

    /** Sends one SIGINT ever to the command's own pid; exit code 0: sent, 3: was sent before, 4: nothing (any more) to send it to. */
    public static List<String> interrupt(String script, String runDirectory) {
        return List.of("sh", script, "interrupt", runDirectory);
    }

    /** Which of the programs that the script cannot do without are in no directory of a PATH. */
    public static List<String> missingTools(String path) {
        return TOOLS.stream()
                .filter(tool -> Stream.of(path.split(File.pathSeparator)).filter(directory -> !directory.isEmpty())
                        .noneMatch(directory -> Files.isExecutable(Path.of(directory, tool))))
                .toList();
    }

    /** The POSIX shell script behind both. */
    public static String scriptText() {
        try (InputStream in = DetachedCommand.class.getResourceAsStream("launch.sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("launch.sh is missing from the program", e);
        }
    }
}
