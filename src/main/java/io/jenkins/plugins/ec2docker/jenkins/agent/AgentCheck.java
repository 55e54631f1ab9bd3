package io.jenkins.plugins.ec2docker.jenkins.agent;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.ec2docker.terraform.command.TerraformBinary;
import io.jenkins.plugins.ec2docker.terraform.command.TerraformNotFoundException;
import io.jenkins.plugins.ec2docker.terraform.process.DetachedCommand;
import java.io.File;
import java.util.List;
import java.util.Map;
import jenkins.MasterToSlaveFileCallable;

/** Asks an agent, before anything else of a run begins, whether Terraform can work there at all. Starts no process. */
final class AgentCheck extends MasterToSlaveFileCallable<String> {

    private static final long serialVersionUID = 1L;

    private final AgentSettings settings;

    AgentCheck(AgentSettings settings) {
        this.settings = settings;
    }

    @Override
    public String invoke(File directory, VirtualChannel channel) {
        return problem(settings, File.pathSeparatorChar == ';');
    }

    /** Why it cannot, as sentences that follow on the agent's name; empty where it can. */
    static String problem(AgentSettings settings, boolean windows) {
        if (windows) {
            return "it runs Windows, and Terraform is launched by a shell of Unix here. Build on an agent with Linux or macOS, chosen by its label.";
        }
        Map<String, String> environment = settings.environment();
        try {
            TerraformBinary.locate(settings.terraform(), environment);
        } catch (TerraformNotFoundException e) {
            return e.getMessage()
                    + " Terraform works on the agent itself, also for steps within container() and agent { docker … }: it has to be"
                    + " there, and not in their image.";
        }
        List<String> missing = DetachedCommand.missingTools(environment.getOrDefault("PATH", ""));
        return missing.isEmpty()
                ? ""
                : "its PATH (" + environment.getOrDefault("PATH", "empty") + ") has no " + String.join(", ", missing)
                        + ", which launch Terraform. Add the directories where they are, such as /usr/bin and /bin, to the node's PATH.";
    }
}
