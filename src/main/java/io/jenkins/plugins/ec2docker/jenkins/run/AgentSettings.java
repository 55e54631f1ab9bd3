package io.jenkins.plugins.ec2docker.jenkins.run;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an agent has to know of the system's settings.
 *
 * @param terraform path of the Terraform binary, or null to look on the PATH
 * @param providers provider mirror or shared directory, or null to look where Terraform's conventions say
 * @param overrides variables over those of the agent
 */
record AgentSettings(String terraform, String providers, Map<String, String> overrides) implements Serializable {

    private static final long serialVersionUID = 1L;

    static AgentSettings of(SystemSettings system) {
        return new AgentSettings(system.terraform(), system.providers(), new TreeMap<>(system.environment()));
    }

    /** The environment on this machine; to be asked on the agent. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(overrides);
        return environment;
    }
}
