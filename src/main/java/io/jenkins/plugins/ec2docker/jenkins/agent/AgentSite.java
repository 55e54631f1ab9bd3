package io.jenkins.plugins.ec2docker.jenkins.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import io.jenkins.plugins.ec2docker.jenkins.agent.PollTerraformCall.Sight;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.platform.ProxySettings;
import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.run.site.TerraformSite;
import io.jenkins.plugins.ec2docker.terraform.command.WorkspaceFiles;
import io.jenkins.plugins.ec2docker.terraform.documents.Plan;
import io.jenkins.plugins.ec2docker.terraform.documents.PlanReader;
import io.jenkins.plugins.ec2docker.terraform.events.ValidateResult;
import io.jenkins.plugins.ec2docker.terraform.process.ProcessStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * Terraform on a Jenkins agent.
 *
 * <p>It is launched there by Jenkins' launcher, detached: it outlives the connection, the agent's process and the controller's. All that is
 * known of it afterwards is asked of its files by questions that may fail and be asked again ({@link AgentOfflineException}). The session's keys
 * cross the connection once per command, for the process's environment, and are in no file and no argument.
 */
public final class AgentSite implements TerraformSite {

    private final AgentDirectory agent;
    private final String runId;
    private final Consumer<String> hide;
    private volatile boolean lost;

    /** @param hide is given each secret that a process gets, before it gets it */
    public AgentSite(AgentDirectory agent, String runId, Consumer<String> hide) {
        this.hide = hide;
        this.agent = agent;
        this.runId = runId;
    }

    /**
     * Checks whether Terraform can work on an agent at all.
     *
     * @throws IOException with a sentence, if it cannot, or the agent gives no answer
     */
    public static void check(AgentDirectory agent) throws IOException, InterruptedException {
        String problem = agent.ask(new AgentCheck(AgentSettings.of(SystemSettings.get(), agent.known())), AgentDirectory.SECONDS);
        if (!problem.isEmpty()) {
            throw new IOException("Terraform cannot work on agent " + agent.label() + ": " + problem);
        }
    }

    public AgentDirectory agent() {
        return agent;
    }

    /** The agent was removed for good: from now on nothing is asked of it, and what it knew counts as not known. */
    void giveUp() {
        lost = true;
    }

    boolean isLost() {
        return lost;
    }

    @Override
    public void lay(WorkspaceFiles files, @CheckForNull byte[] state) throws IOException, InterruptedException {
        ask(new WriteWorkspaceCall(settings(), files, state));
    }

    @Override
    public void launch(Action action, Map<String, String> session) throws IOException, InterruptedException {
        PrepareLaunchCall.Launch launch =
                ask(new PrepareLaunchCall(settings(), runId, action, session.keySet()),
                        action == Action.INIT ? AgentDirectory.PATIENT_SECONDS : AgentDirectory.SECONDS);
        if (launch.command().isEmpty()) {
            return;
        }
        session.entrySet().stream().filter(each -> !each.getKey().equals("AWS_ACCESS_KEY_ID"))
                .forEach(each -> hide.accept(each.getValue()));
        ProxySettings.of(launch.environment()).passwords().forEach(hide);
        Map<String, String> environment = new TreeMap<>(launch.environment());
        environment.putAll(session);
        FilePath directory = agent.path();
        try {
            // Not joined: it is over at once where the system can fork it off, and as long as Terraform where it cannot.
            agent.launcher().launch().cmds(launch.command()).envs(environment).pwd(directory).quiet(true).start();
        } catch (IOException e) {
            throw agent.failure(directory.getChannel(), e);
        }
    }

    /** @param offset bytes of the action's output that are known already */
    public Sight look(Action action, long offset, boolean interrupt) throws IOException, InterruptedException {
        if (lost) {
            return new Sight(
                    new ProcessStatus.Vanished("Agent " + agent.label() + " was removed from Jenkins while Terraform was at work there."),
                    new byte[0], true, "");
        }
        return ask(new PollTerraformCall(action, offset, interrupt));
    }

    @Override
    public void interrupt(Action action) throws IOException, InterruptedException {
        ask(new PollTerraformCall(action, Long.MAX_VALUE, true));
    }

    @Override
    public String complaint(Action action) throws IOException, InterruptedException {
        return lost ? "" : ask(new WorkspaceCalls.Complaint(action));
    }

    @Override
    public boolean isInterrupted(Action action) throws IOException, InterruptedException {
        return !lost && ask(new WorkspaceCalls.Interrupted(action));
    }

    @Override
    public ProcessStatus status(Action action) throws IOException, InterruptedException {
        ProcessStatus status = look(action, Long.MAX_VALUE, false).status();
        if (status == null) {
            throw new NoSuchFileException(action + " was not launched");
        }
        return status;
    }

    @Override
    public ValidateResult validation() throws IOException, InterruptedException {
        return ValidateResult.ofWhatWasPrinted(lost ? new byte[0] : ask(new WorkspaceCalls.ValidationDocument()));
    }

    @Override
    public Plan plan() throws IOException, InterruptedException {
        try (InputStream document = planDocument()) {
            return PlanReader.read(document);
        }
    }

    /** As {@link Action#REVIEW} printed it; may hold secrets. */
    public InputStream planDocument() throws IOException, InterruptedException {
        return new GZIPInputStream(new ByteArrayInputStream(ask(new WorkspaceCalls.PlanDocument())));
    }

    @Override
    public Optional<byte[]> state() throws IOException, InterruptedException {
        return Arrays.stream(ask(new WorkspaceCalls.State())).findFirst();
    }

    @Override
    public void remove() throws IOException, InterruptedException {
        if (!lost) {
            ask(new WorkspaceCalls.Remove());
        }
    }

    private AgentSettings settings() throws AgentOfflineException {
        return AgentSettings.of(SystemSettings.get(), agent.known());
    }

    private <T> T ask(AgentCall<T> question) throws IOException, InterruptedException {
        return ask(question, AgentDirectory.SECONDS);
    }

    private <T> T ask(AgentCall<T> question, long seconds) throws IOException, InterruptedException {
        if (lost) {
            throw new IOException("Agent " + agent.label() + " was removed from Jenkins; what Terraform did there last is not known.");
        }
        return agent.ask(question, seconds);
    }
}
