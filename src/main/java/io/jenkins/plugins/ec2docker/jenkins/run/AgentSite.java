package io.jenkins.plugins.ec2docker.jenkins.run;

import hudson.FilePath;
import io.jenkins.plugins.ec2docker.aws.EnvironmentProxy;
import io.jenkins.plugins.ec2docker.jenkins.run.LookAtTerraform.Sight;
import io.jenkins.plugins.ec2docker.provisioning.Action;
import io.jenkins.plugins.ec2docker.provisioning.TerraformSite;
import io.jenkins.plugins.ec2docker.provisioning.WorkspaceFiles;
import io.jenkins.plugins.ec2docker.terraform.Plan;
import io.jenkins.plugins.ec2docker.terraform.PlanFile;
import io.jenkins.plugins.ec2docker.terraform.ProcessStatus;
import io.jenkins.plugins.ec2docker.terraform.Validation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * Terraform on a Jenkins agent.
 *
 * <p>It is launched there by Jenkins' launcher, detached: it outlives the connection, the agent's process and the controller's. All that is
 * known of it afterwards is asked of its files by questions that may fail and be asked again ({@link AgentUnreachable}). The session's keys
 * cross the connection once per command, for the process's environment, and are in no file and no argument.
 */
final class AgentSite implements TerraformSite {

    private final Agent agent;
    private final String runId;
    private final Consumer<String> hide;
    private volatile boolean lost;

    /** @param hide is given each secret that a process gets, before it gets it */
    AgentSite(Agent agent, String runId, Consumer<String> hide) {
        this.hide = hide;
        this.agent = agent;
        this.runId = runId;
    }

    Agent agent() {
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
    public void lay(WorkspaceFiles files, byte[] state) throws IOException, InterruptedException {
        ask(new LayWorkspace(settings(), files, state));
    }

    @Override
    public void launch(Action action, Map<String, String> session) throws IOException, InterruptedException {
        PrepareLaunch.Launch launch =
                ask(new PrepareLaunch(settings(), runId, action, session.keySet()), Agent.PATIENT_SECONDS);
        if (launch == null) {
            return;
        }
        session.entrySet().stream().filter(each -> !each.getKey().equals("AWS_ACCESS_KEY_ID")).forEach(each -> hide.accept(each.getValue()));
        EnvironmentProxy.of(launch.environment()).passwords().forEach(hide);
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
    Sight look(Action action, long offset, boolean interrupt) throws IOException, InterruptedException {
        if (lost) {
            return new Sight(
                    new ProcessStatus.Vanished("Agent " + agent.label() + " was removed from Jenkins while Terraform was at work there."),
                    new byte[0], true, "");
        }
        return ask(new LookAtTerraform(action, offset, interrupt));
    }

    @Override
    public void interrupt(Action action) throws IOException, InterruptedException {
        ask(new LookAtTerraform(action, Long.MAX_VALUE, true));
    }

    @Override
    public String complaint(Action action) throws IOException, InterruptedException {
        return lost ? "" : ask(new ReadTraces.Complaint(action));
    }

    @Override
    public boolean isInterrupted(Action action) throws IOException, InterruptedException {
        return !lost && ask(new ReadTraces.Interrupted(action));
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
    public Validation validation() throws IOException, InterruptedException {
        return Validation.ofWhatWasPrinted(lost ? new byte[0] : ask(new ReadTraces.ValidationDocument()));
    }

    @Override
    public Plan plan() throws IOException, InterruptedException {
        try (InputStream document = planDocument()) {
            return PlanFile.read(document);
        }
    }

    /** As {@link Action#REVIEW} printed it; may hold secrets. */
    InputStream planDocument() throws IOException, InterruptedException {
        return new GZIPInputStream(new ByteArrayInputStream(ask(new ReadTraces.PlanDocument())));
    }

    @Override
    public Optional<byte[]> state() throws IOException, InterruptedException {
        return Optional.ofNullable(ask(new ReadTraces.State()));
    }

    @Override
    public void remove() throws IOException, InterruptedException {
        if (!lost) {
            ask(new ReadTraces.Remove());
        }
    }

    private AgentSettings settings() throws AgentUnreachable {
        return AgentSettings.of(SystemSettings.get(), agent.known());
    }

    private <T> T ask(AgentQuestion<T> question) throws IOException, InterruptedException {
        return ask(question, Agent.SECONDS);
    }

    private <T> T ask(AgentQuestion<T> question, long seconds) throws IOException, InterruptedException {
        if (lost) {
            throw new IOException("Agent " + agent.label() + " was removed from Jenkins; what Terraform did there last is not known.");
        }
        return agent.ask(question, seconds);
    }
}
