package io.jenkins.plugins.ec2docker.jenkins.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.platform.AtomicFile;
import io.jenkins.plugins.ec2docker.run.site.LocalSite;
import io.jenkins.plugins.ec2docker.run.site.RunDirectories;
import io.jenkins.plugins.ec2docker.terraform.command.TerraformBinary;
import io.jenkins.plugins.ec2docker.terraform.command.TerraformNotFoundException;
import io.jenkins.plugins.ec2docker.terraform.command.WorkspaceFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.TreeMap;

/** Finds Terraform on the agent, then writes the workspace for it. */
final class WriteWorkspaceCall extends AgentCall<Void> {

    private static final long serialVersionUID = 1L;

    /** Holds the path of the Terraform that was found, so that every command of a run is of the same. */
    static final String BINARY = ".terraform-binary";

    private final AgentSettings settings;
    private final TreeMap<String, byte[]> files;
    @CheckForNull
    private final byte[] state;

    WriteWorkspaceCall(AgentSettings settings, WorkspaceFiles files, @CheckForNull byte[] state) {
        this.settings = settings;
        this.files = new TreeMap<>(files.contents());
        this.state = state;
    }

    @Override
    @CheckForNull
    Void answer(RunDirectories directories) throws IOException, InterruptedException {
        try {
            TerraformBinary binary = TerraformBinary.find(settings.terraform(), settings.environment());
            Path workspace = directories.workspace();
            AtomicFile.createPrivateDirectories(workspace);
            AtomicFile.createPrivateDirectories(directories.processes());
            new LocalSite(binary, settings.providers(), settings.environment(), directories).lay(new WorkspaceFiles(files), state);
            AtomicFile.write(workspace.resolve(BINARY), binary.path().toString().getBytes(StandardCharsets.UTF_8));
            return null;
        } catch (TerraformNotFoundException e) {
            throw new IOException(e.getMessage());
        }
    }
}
