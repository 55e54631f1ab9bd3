package io.jenkins.plugins.ec2docker.run.site;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.platform.AtomicFile;
import io.jenkins.plugins.ec2docker.platform.DirectoryTree;
import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.terraform.command.TerraformBinary;
import io.jenkins.plugins.ec2docker.terraform.command.TerraformEnvironment;
import io.jenkins.plugins.ec2docker.terraform.command.WorkspaceFiles;
import io.jenkins.plugins.ec2docker.terraform.documents.Plan;
import io.jenkins.plugins.ec2docker.terraform.documents.PlanReader;
import io.jenkins.plugins.ec2docker.terraform.events.Event;
import io.jenkins.plugins.ec2docker.terraform.events.EventTail;
import io.jenkins.plugins.ec2docker.terraform.events.ValidateResult;
import io.jenkins.plugins.ec2docker.terraform.process.DetachedLauncher;
import io.jenkins.plugins.ec2docker.terraform.process.ProcessStatus;
import io.jenkins.plugins.ec2docker.terraform.process.TerraformProcess;
import io.jenkins.plugins.ec2docker.terraform.provider.CliConfiguration;
import io.jenkins.plugins.ec2docker.terraform.provider.ProviderCache;
import io.jenkins.plugins.ec2docker.terraform.provider.ProviderLockFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Terraform on this machine. */
public final class LocalSite implements TerraformSite {

    /** Long enough to mean <em>until it ends</em>: there is no limit on an apply but the person who waits. */
    private static final Duration NO_LIMIT = Duration.ofDays(365);

    private final TerraformBinary binary;
    @CheckForNull
    private final String providers;
    private final Map<String, String> environment;
    private final RunDirectories directories;

    /**
     * @param providers the setting that names a directory of them, or null
     * @param environment of this process, from which Terraform's is made
     */
    public LocalSite(TerraformBinary binary, @CheckForNull String providers, Map<String, String> environment, RunDirectories directories) {
        this.binary = binary;
        this.providers = providers;
        this.environment = environment;
        this.directories = directories;
    }

    @Override
    public void lay(WorkspaceFiles files, @CheckForNull byte[] state) throws IOException {
        Path workspace = directories.workspace();
        files.writeTo(workspace);
        if (state != null) {
            AtomicFile.write(workspace.resolve(RunDirectories.STATE), state);
        }
    }

    @Override
    public void launch(Action action, Map<String, String> session) throws IOException, InterruptedException {
        prepare(action);
        DetachedLauncher.start(
                directories.files(action).directory(), directories.workspace(), command(action), variables(session));
    }

    /**
     * What has to be done before an action is launched. For {@link Action#INIT} providers may have to be fetched; the actions after it,
     * which start only when it has held them against their hashes, are spared doing that again.
     */
    public void prepare(Action action) throws IOException, InterruptedException {
        Path workspace = directories.workspace();
        if (action == Action.INIT) {
            CliConfiguration.of(ProviderCache.mirror(providers, workspace, binary, environment)).writeTo(workspace);
        } else {
            Path lock = workspace.resolve(ProviderLockFile.FILE);
            String text = Files.readString(lock);
            String versions = ProviderLockFile.withoutHashes(text);
            if (!versions.equals(text)) {
                AtomicFile.write(lock, versions.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** Program and arguments of an action. */
    public List<String> command(Action action) {
        return RunDirectories.command(action).with(binary);
    }

    /** The whole environment of Terraform here. */
    public Map<String, String> variables(Map<String, String> session) {
        Path workspace = directories.workspace();
        return TerraformEnvironment.of(
                environment, workspace.resolve(CliConfiguration.FILE), workspace.resolve(".terraform"), session);
    }

    /** Passes an action's events on until its Terraform is over. */
    public ProcessStatus await(Action action, Consumer<Event> consumer) throws IOException, InterruptedException {
        return await(action, consumer, NO_LIMIT, () -> {});
    }

    /** @param pause called after each such time in which the command has not ended */
    public ProcessStatus await(Action action, Consumer<Event> consumer, Duration each, Runnable pause)
            throws IOException, InterruptedException {
        TerraformProcess process = TerraformProcess.attach(directories.files(action).directory());
        EventTail tail = RunDirectories.printsEvents(action) ? process.events(0) : null;
        while (true) {
            ProcessStatus status = process.follow(tail, consumer, each);
            if (status.isOver()) {
                return status;
            }
            pause.run();
        }
    }

    @Override
    public void interrupt(Action action) throws IOException, InterruptedException {
        directories.interrupt(action);
    }

    @Override
    public String complaint(Action action) throws IOException {
        return directories.complaint(action);
    }

    @Override
    public boolean isInterrupted(Action action) throws IOException {
        return directories.isInterrupted(action);
    }

    @Override
    public ProcessStatus status(Action action) throws IOException {
        return directories.status(action);
    }

    @Override
    public ValidateResult validation() throws IOException {
        return ValidateResult.ofWhatWasPrinted(directories.validation());
    }

    @Override
    public Plan plan() throws IOException {
        try (InputStream document = Files.newInputStream(directories.files(Action.REVIEW).stdout())) {
            return PlanReader.read(document);
        }
    }

    @Override
    public Optional<byte[]> state() throws IOException {
        return directories.state();
    }

    @Override
    public void remove() throws IOException {
        DirectoryTree.delete(directories.workspace());
    }
}
