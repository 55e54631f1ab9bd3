package io.jenkins.plugins.ec2docker.run.site;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.run.model.Action;
import io.jenkins.plugins.ec2docker.terraform.command.WorkspaceFiles;
import io.jenkins.plugins.ec2docker.terraform.documents.Plan;
import io.jenkins.plugins.ec2docker.terraform.events.ValidateResult;
import io.jenkins.plugins.ec2docker.terraform.process.ProcessStatus;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Where a run's Terraform works: a directory on this machine, or on a Jenkins agent.
 *
 * <p>Terraform runs detached there and is known by its action alone, so that a shell that lost sight of it (its process died, the agent's
 * connection broke) finds it again by the same words.
 */
public interface TerraformSite {

    /**
     * Writes the workspace anew.
     *
     * @param state what Terraform shall take for the present, or null to begin with nothing
     */
    void lay(WorkspaceFiles files, @CheckForNull byte[] state) throws IOException, InterruptedException;

    /**
     * Launches the action's command, unless it has been launched before: asking twice never runs it twice.
     *
     * @param session the session's keys, for this process's environment alone; empty for commands that do not talk to AWS
     */
    void launch(Action action, Map<String, String> session) throws IOException, InterruptedException;

    /**
     * Sends the action's Terraform its one interrupt. Does nothing where it has not been launched, is over, or was sent one before.
     */
    void interrupt(Action action) throws IOException, InterruptedException;

    /** What Terraform said outside of its events, shortened; empty if nothing. */
    String complaint(Action action) throws IOException, InterruptedException;

    /** Whether the action's Terraform was sent an interrupt, by whomever. */
    boolean isInterrupted(Action action) throws IOException, InterruptedException;

    ProcessStatus status(Action action) throws IOException, InterruptedException;

    /** What {@link Action#VALIDATE} found; without diagnostics where what it printed is cut off, or nothing. */
    ValidateResult validation() throws IOException, InterruptedException;

    /** The plan as {@link Action#REVIEW} printed it, with sensitive values masked. */
    Plan plan() throws IOException, InterruptedException;

    /** The state as Terraform wrote it last; empty while it has written none. */
    Optional<byte[]> state() throws IOException, InterruptedException;

    /** Removes the workspace. Only after the state is safe. */
    void remove() throws IOException, InterruptedException;
}
