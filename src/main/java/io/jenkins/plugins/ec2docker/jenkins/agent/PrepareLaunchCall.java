package io.jenkins.plugins.ec2docker.jenkins.agent;

import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.run.site.LocalSite;
import io.jenkins.plugins.ec2docker.run.site.RunDirectories;
import io.jenkins.plugins.ec2docker.terraform.command.TerraformBinary;
import io.jenkins.plugins.ec2docker.terraform.command.TerraformEnvironment;
import io.jenkins.plugins.ec2docker.terraform.process.DetachedLauncher;
import io.jenkins.plugins.ec2docker.terraform.process.ProcessFiles;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Takes an action's process directory for one launch and says what to launch. The directory can be taken once: whoever asks again, after a
 * restart or a broken connection, gets no command and launches nothing.
 */
final class PrepareLaunchCall extends AgentCall<PrepareLaunchCall.Launch> {

    private static final long serialVersionUID = 1L;

    private final AgentSettings settings;
    private final String runId;
    private final Action action;
    private final TreeSet<String> session;

    /** @param session names of the variables that the launching side adds; their values never come here */
    PrepareLaunchCall(AgentSettings settings, String runId, Action action, Set<String> session) {
        this.settings = settings;
        this.runId = runId;
        this.action = action;
        this.session = new TreeSet<>(session);
    }

    /**
     * @param command empty where it was launched already
     * @param environment all that Terraform shall see, but for the session's keys
     */
    record Launch(List<String> command, Map<String, String> environment) implements Serializable {
        private static final long serialVersionUID = 1L;

        static Launch none() {
            return new Launch(new ArrayList<>(), new TreeMap<>());
        }
    }

    @Override
    Launch answer(RunDirectories directories) throws IOException, InterruptedException {
        Path workspace = directories.workspace();
        TerraformBinary binary = new TerraformBinary(Path.of(Files.readString(workspace.resolve(WriteWorkspaceCall.BINARY))), "");
        LocalSite site = new LocalSite(binary, settings.providers(), settings.environment(), directories);
        Map<String, String> environment = new TreeMap<>(site.variables(Map.of()));
        environment.put(TerraformEnvironment.MARKER, runId);
        Set<String> names = new TreeSet<>(environment.keySet());
        names.addAll(session);
        if (directories.process(action).isPresent()) {
            return Launch.none();
        }
        site.prepare(action);
        ProcessFiles files;
        try {
            files = DetachedLauncher.prepare(directories.files(action).directory());
        } catch (FileAlreadyExistsException e) {
            return Launch.none();
        }
        List<String> command = DetachedLauncher.commandLine(files, workspace, names, site.command(action));
        return new Launch(new ArrayList<>(command), environment);
    }
}
