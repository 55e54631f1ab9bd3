package io.jenkins.plugins.ec2docker.jenkins.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.model.Node;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import io.jenkins.plugins.ec2docker.jenkins.controller.JenkinsProxy;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jenkins.model.Jenkins;

/**
 * What an agent has to know of the system's settings.
 *
 * @param terraform path of the Terraform binary, or null to look on the PATH
 * @param providers provider mirror or shared directory, or null to look where Terraform's conventions say
 * @param node the variables that administrators gave all nodes and this one, in that order, as {@code PATH+TOOLS} too
 * @param proxy Jenkins' own proxy, where the agent is on the controller
 * @param overrides variables over all others
 */
record AgentSettings(@CheckForNull String terraform, @CheckForNull String providers, List<EnvVars> node, Map<String, String> proxy,
        Map<String, String> overrides)
        implements Serializable {

    private static final long serialVersionUID = 2L;

    /** @param agent null where Jenkins does not know it any more */
    static AgentSettings of(SystemSettings system, @CheckForNull Node agent) {
        List<EnvVars> variables = new ArrayList<>();
        Jenkins jenkins = Jenkins.get();
        jenkins.getGlobalNodeProperties().getAll(EnvironmentVariablesNodeProperty.class).forEach(each -> variables.add(each.getEnvVars()));
        if (agent != null) {
            agent.getNodeProperties().getAll(EnvironmentVariablesNodeProperty.class).forEach(each -> variables.add(each.getEnvVars()));
        }
        Map<String, String> proxy = agent == jenkins ? new TreeMap<>(JenkinsProxy.variables(System.getenv())) : new TreeMap<>();
        return new AgentSettings(system.terraform(), system.providers(), variables, proxy, new TreeMap<>(system.environment()));
    }

    /** The environment on this machine; to be asked on the agent. */
    Map<String, String> environment() {
        EnvVars environment = new EnvVars(System.getenv());
        environment.putAll(proxy);
        node.forEach(environment::overrideAll);
        environment.putAll(overrides);
        return environment;
    }
}
