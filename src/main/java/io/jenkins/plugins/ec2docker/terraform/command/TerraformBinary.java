package io.jenkins.plugins.ec2docker.terraform.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Terraform program that was found, run and seen to be new enough.
 *
 * @param path absolute
 * @param version as it reports it, such as 1.11.4
 */
public record TerraformBinary(Path path, String version) {
    /** The first with S3 state locking of its own ({@code use_lockfile}); {@code init -json} came with 1.9. */
    public static final String OLDEST = "1.10";
    private static final int SECONDS = 30;
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)(\\..*)?");

    /**
     * @param setting path of the program or of a directory that holds it; null or blank: it is looked for on the PATH
     * @param environment of the caller, for PATH
     */
    public static TerraformBinary find(@CheckForNull String setting, Map<String, String> environment)
            throws TerraformNotFoundException, IOException, InterruptedException {
        return find(setting, environment, SECONDS);
    }

    /** @param seconds that it may take to tell its version */
    static TerraformBinary find(@CheckForNull String setting, Map<String, String> environment, int seconds)
            throws TerraformNotFoundException, IOException, InterruptedException {
        TemporaryDirectory.check(environment);
        Path program = locate(setting, environment);
        return new TerraformBinary(program, checkedVersion(program, environment, seconds));
    }

    /** Where it is, as {@link #find} takes it, without running it. */
    public static Path locate(@CheckForNull String setting, Map<String, String> environment) throws TerraformNotFoundException {
        return setting == null || setting.isBlank() ? onPath(environment.getOrDefault("PATH", "")) : set(Path.of(setting.strip()));
    }

    private static Path set(Path setting) throws TerraformNotFoundException {
        Path program = (Files.isDirectory(setting) ? setting.resolve("terraform") : setting).toAbsolutePath().normalize();
        if (!Files.exists(program)) {
            throw new TerraformNotFoundException(
                    "The Terraform setting points to " + program + ", which does not exist. Correct it, or leave it"
                            + " empty to use the terraform on the PATH.");
        }
        if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
            throw new TerraformNotFoundException(
                    "The Terraform setting points to " + program + ", which is not a program that this user may run."
                            + " Make it executable (chmod +x), or point to another one.");
        }
        return program;
    }

    private static Path onPath(String path) throws TerraformNotFoundException {
        List<String> looked = new ArrayList<>();
        Path unusable = null;
        for (String entry : path.split(File.pathSeparator)) {
            if (entry.isEmpty()) {
                continue; // would mean the current directory
            }
            Path program = Path.of(entry).resolve("terraform").toAbsolutePath();
            if (Files.isRegularFile(program) && Files.isExecutable(program)) {
                return program;
            }
            unusable = unusable == null && Files.exists(program) ? program : unusable;
            looked.add(entry);
        }
        throw new TerraformNotFoundException(unusable != null
                ? "Terraform stands at " + unusable + " but is not a program that this user may run. Make it executable (chmod +x)."
                : "Terraform was not found on the PATH (looked in "
                        + (looked.isEmpty() ? "no directory: PATH is empty" : String.join(", ", looked))
                        + "). Install Terraform " + OLDEST + " or newer, or set its path.");
    }

    private static String checkedVersion(Path program, Map<String, String> environment, int seconds)
            throws TerraformNotFoundException, IOException, InterruptedException {
        String version = askVersion(program, environment, seconds);
        Matcher matcher = VERSION.matcher(version);
        if (!matcher.matches()) {
            throw new TerraformNotFoundException(program + " calls its version \"" + version + "\", which is not a version of Terraform.");
        }
        if (Integer.parseInt(matcher.group(1)) == 0
                || Integer.parseInt(matcher.group(1)) == 1 && Integer.parseInt(matcher.group(2)) < 10) {
            throw new TerraformNotFoundException("Terraform at " + program + " is version " + version + "; " + OLDEST
                    + " or newer is needed. Upgrade it, or set the path of a newer one.");
        }
        return version;
    }

    private static String askVersion(Path program, Map<String, String> environment, int seconds)
            throws TerraformNotFoundException, IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "version", "-json");
        Map<String, String> own = new HashMap<>(TerraformEnvironment.inherited(environment));
        // Neither a user's own configuration nor a look at the internet may spoil or delay the answer.
        own.put("CHECKPOINT_DISABLE", "1");
        own.put("TF_CLI_CONFIG_FILE", "/dev/null");
        builder.environment().clear();
        builder.environment().putAll(own);
        // A file, not a pipe: a child that outlives a hanging program would keep a pipe open.
        Path answer = Files.createTempFile("terraform-version", ".json");
        try {
            Process process;
            try {
                process = builder.redirectOutput(answer.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            } catch (IOException e) {
                throw new TerraformNotFoundException("Terraform at " + program + " cannot be run on this machine: " + e.getMessage());
            }
            process.getOutputStream().close();
            try {
                if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                    throw new TerraformNotFoundException(
                            "Terraform at " + program + " did not tell its version within " + seconds
                                    + " seconds. Set the path of one that does.");
                }
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            // What the system cannot execute is tried as a shell script, with these codes for an end.
            if (process.exitValue() == 126 || process.exitValue() == 127) {
                throw new TerraformNotFoundException(
                        "Terraform at " + program + " cannot be run on this machine: it is damaged or made for another one.");
            }
            String version =
                    new ObjectMapper().readTree(Files.readString(answer, StandardCharsets.UTF_8)).path("terraform_version").asText();
            if (process.exitValue() != 0 || version.isEmpty()) {
                throw new TerraformNotFoundException(notTerraform(program, "exit code " + process.exitValue()));
            }
            return version;
        } catch (JsonProcessingException e) {
            throw new TerraformNotFoundException(notTerraform(program, "no JSON"));
        } finally {
            Files.deleteIfExists(answer);
        }
    }

    private static String notTerraform(Path program, String why) {
        return program + " does not answer as Terraform does to \"version -json\" (" + why + "). Set the path of Terraform " + OLDEST
                + " or newer itself; a shim of a version manager (asdf, mise, tfenv) finds no version here.";
    }
}
