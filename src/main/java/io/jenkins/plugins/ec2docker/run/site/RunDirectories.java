package io.jenkins.plugins.ec2docker.run.site;

import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.terraform.command.TerraformCommand;
import io.jenkins.plugins.ec2docker.terraform.command.WorkspaceFiles;
import io.jenkins.plugins.ec2docker.terraform.process.ProcessFiles;
import io.jenkins.plugins.ec2docker.terraform.process.ProcessStatus;
import io.jenkins.plugins.ec2docker.terraform.process.TerraformProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Where one run's Terraform works and what it leaves there, on the machine that this is used on. Needs nothing but the two directories, so
 * that any process of that machine can look after a run that another one began.
 *
 * @param workspace where Terraform works
 * @param processes where the event streams of its commands are, a directory for each; may be kept beyond the run
 */
public record RunDirectories(Path workspace, Path processes) {

    public static final String STATE = "terraform.tfstate";
    /** What Terraform leaves when it could not write the state itself; it is the newer one then. */
    private static final String ERRORED_STATE = "errored.tfstate";
    private static final int LONGEST_COMPLAINT = 2000;

    /** The command that an action runs. */
    public static TerraformCommand command(Action action) {
        return switch (action) {
            case INIT -> TerraformCommand.init();
            case VALIDATE -> TerraformCommand.validate();
            case PLAN -> TerraformCommand.plan();
            case REVIEW -> TerraformCommand.showPlan();
            case APPLY -> TerraformCommand.apply();
            // No review comes between, because nothing new can come of them: both take instances, rules and tags away from a configuration that
            // was planned and reviewed before the apply. What is left to be made is the Elastic IP address that a request adds, which the
            // guardrails do not speak of; and should an instance have vanished meanwhile, another one like it.
            case CUTOVER -> TerraformCommand.applyWith(WorkspaceFiles.CUTOVER);
            case RETREAT -> TerraformCommand.applyWith(WorkspaceFiles.RETREAT);
            case DESTROY -> TerraformCommand.destroy();
            case PREPARE, ASSUME_ROLE, REDEPLOY, VERIFY, RECLAIM, RESTORE -> throw new IllegalArgumentException(action
                    + " is not Terraform's");
        };
    }

    /** Whether the action's command prints events; the others print one document, which is read when it is whole. */
    public static boolean printsEvents(Action action) {
        return action != Action.VALIDATE && action != Action.REVIEW;
    }

    /** Where the event stream of an action's command is, below {@link #processes}. */
    public static String directory(Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }

    /** What a plan shows in full may be secret, so that it stays in the workspace and goes with it. */
    public ProcessFiles files(Action action) {
        String name = directory(action);
        return new ProcessFiles(action == Action.REVIEW ? workspace.resolve(".terraform-" + name) : processes.resolve(name));
    }

    /** Empty while the action was not launched. */
    public Optional<TerraformProcess> process(Action action) throws IOException {
        try {
            return Optional.of(TerraformProcess.attach(files(action).directory()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** @throws NoSuchFileException if the action was not launched */
    public ProcessStatus status(Action action) throws IOException {
        return TerraformProcess.attach(files(action).directory()).status();
    }

    public void interrupt(Action action) throws IOException, InterruptedException {
        TerraformProcess process = process(action).orElse(null);
        if (process != null) {
            process.interrupt();
        }
    }

    public boolean isInterrupted(Action action) throws IOException {
        return process(action).map(TerraformProcess::interrupted).orElse(false);
    }

    /** What Terraform said outside of its events, shortened; empty if nothing. */
    public String complaint(Action action) throws IOException {
        Path file = files(action).stderr();
        if (!Files.exists(file)) {
            return "";
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LONGEST_COMPLAINT), StandardCharsets.UTF_8);
        }
    }

    /** What {@link Action#VALIDATE} printed; empty if nothing. */
    public byte[] validation() throws IOException {
        Path file = files(Action.VALIDATE).stdout();
        return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    }

    /** The file that holds the newest state; empty while Terraform has written none. */
    public Optional<Path> stateFile() throws IOException {
        for (String name : new String[] {ERRORED_STATE, STATE}) {
            Path file = workspace.resolve(name);
            if (Files.isRegularFile(file) && Files.size(file) > 0) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** The newest state that the workspace holds. */
    public Optional<byte[]> state() throws IOException {
        Optional<Path> file = stateFile();
        return file.isPresent() ? Optional.of(Files.readAllBytes(file.get())) : Optional.empty();
    }
}
