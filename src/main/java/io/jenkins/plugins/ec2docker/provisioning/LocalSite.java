package io.jenkins.plugins.ec2docker.provisioning;

import io.jenkins.plugins.ec2docker.terraform.CliConfiguration;
import io.jenkins.plugins.ec2docker.terraform.DetachedLauncher;
import io.jenkins.plugins.ec2docker.terraform.Event;
import io.jenkins.plugins.ec2docker.terraform.EventTail;
import io.jenkins.plugins.ec2docker.terraform.Plan;
import io.jenkins.plugins.ec2docker.terraform.PlanFile;
import io.jenkins.plugins.ec2docker.terraform.ProcessStatus;
import io.jenkins.plugins.ec2docker.terraform.ProviderCache;
import io.jenkins.plugins.ec2docker.terraform.TerraformBinary;
import io.jenkins.plugins.ec2docker.terraform.TerraformCommand;
import io.jenkins.plugins.ec2docker.terraform.TerraformEnvironment;
import io.jenkins.plugins.ec2docker.terraform.TerraformProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Terraform on this machine. */
final class LocalSite implements TerraformSite {

    private static final String STATE = "terraform.tfstate";
    /** What Terraform leaves when it could not write the state itself; it is the newer one then. */
    private static final String ERRORED_STATE = "errored.tfstate";
    /** Long enough to mean <em>until it ends</em>: there is no limit on an apply but the person who waits. */
    private static final Duration NO_LIMIT = Duration.ofDays(365);
    private static final int LONGEST_COMPLAINT = 2000;

    private final TerraformBinary binary;
    private final String providers;
    private final Map<String, String> environment;
    private final Path workspace;
    private final Path runDirectory;

    /**
     * @param providers the setting that names a directory of them, or null
     * @param environment of this process, from which Terraform's is made
     * @param workspace where Terraform works
     * @param runDirectory where event streams are kept beyond the run
     */
    LocalSite(
            TerraformBinary binary, String providers, Map<String, String> environment, Path workspace, Path runDirectory) {
        this.binary = binary;
        this.providers = providers;
        this.environment = environment;
        this.workspace = workspace;
        this.runDirectory = runDirectory;
    }

    @Override
    public void lay(WorkspaceFiles files, byte[] state) throws IOException {
        files.writeTo(workspace);
        if (state != null) {
            AtomicFile.write(workspace.resolve(STATE), state);
        }
    }

    @Override
    public void launch(Action action, Map<String, String> session) throws IOException, InterruptedException {
        if (action == Action.INIT) {
            CliConfiguration.of(ProviderCache.mirror(providers, workspace, binary, environment)).writeTo(workspace);
        }
        Map<String, String> variables = TerraformEnvironment.of(
                environment, workspace.resolve(CliConfiguration.FILE), workspace.resolve(".terraform"), session);
        DetachedLauncher.start(directory(action), workspace, command(action).with(binary), variables);
    }

    /** Passes an action's events on until its Terraform is over. */
    ProcessStatus await(Action action, Consumer<Event> consumer) throws IOException, InterruptedException {
        TerraformProcess process = TerraformProcess.attach(directory(action));
        // These print one document, which is read when it is whole.
        boolean events = action != Action.VALIDATE && action != Action.REVIEW;
        EventTail tail = events ? process.events(0) : null;
        ProcessStatus status;
        do {
            status = process.follow(tail, consumer, NO_LIMIT);
        } while (!status.isOver());
        return status;
    }

    @Override
    public void interrupt(Action action) throws IOException, InterruptedException {
        TerraformProcess process = process(action).orElse(null);
        if (process != null) {
            process.interrupt();
        }
    }

    @Override
    public String complaint(Action action) throws IOException {
        Path file = directory(action).resolve("stderr");
        if (!Files.exists(file)) {
            return "";
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LONGEST_COMPLAINT), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    @Override
    public boolean isInterrupted(Action action) throws IOException {
        return process(action).map(TerraformProcess::interrupted).orElse(false);
    }

    @Override
    public ProcessStatus status(Action action) throws IOException {
        return TerraformProcess.attach(directory(action)).status();
    }

    @Override
    public Plan plan() throws IOException {
        try (InputStream document = Files.newInputStream(directory(Action.REVIEW).resolve("stdout"))) {
            return PlanFile.read(document);
        }
    }

    @Override
    public Optional<byte[]> state() throws IOException {
        return state(workspace);
    }

    /** The newest state that a workspace holds. */
    static Optional<byte[]> state(Path workspace) throws IOException {
        for (String name : new String[] {ERRORED_STATE, STATE}) {
            Path file = workspace.resolve(name);
            if (Files.isRegularFile(file) && Files.size(file) > 0) {
                return Optional.of(Files.readAllBytes(file));
            }
        }
        return Optional.empty();
    }

    @Override
    public void remove() throws IOException {
        Directories.delete(workspace);
    }

    private Optional<TerraformProcess> process(Action action) throws IOException {
        try {
            return Optional.of(TerraformProcess.attach(directory(action)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** What a plan shows in full may be secret, so that it stays in the workspace and goes with it. */
    private Path directory(Action action) {
        String name = action.name().toLowerCase(java.util.Locale.ROOT);
        return action == Action.REVIEW ? workspace.resolve(".terraform-" + name) : runDirectory.resolve(name);
    }

    static TerraformCommand command(Action action) {
        return switch (action) {
            case INIT -> TerraformCommand.init();
            case VALIDATE -> TerraformCommand.validate();
            case PLAN -> TerraformCommand.plan();
            case REVIEW -> TerraformCommand.showPlan();
            case APPLY -> TerraformCommand.apply();
            case DESTROY -> TerraformCommand.destroy();
            case PREPARE, ASSUME_ROLE, APPROVE, VERIFY -> throw new IllegalArgumentException(action + " is not Terraform's");
        };
    }
}
