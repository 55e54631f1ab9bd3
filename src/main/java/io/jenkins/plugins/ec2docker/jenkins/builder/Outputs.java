package io.jenkins.plugins.ec2docker.jenkins.builder;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.EnvVars;
import hudson.model.EnvironmentContributingAction;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a deployment tells, for the build steps that follow: {@code EC2_DOCKER_PUBLIC_IP} and so on for the latest one, and for one that was
 * given a name {@code EC2_DOCKER_WEB_SHOP_PUBLIC_IP} as well. The name stands behind our own prefix, or a deployment called
 * {@code build} would set {@code BUILD_URL}.
 */
public final class Outputs extends InvisibleAction implements EnvironmentContributingAction {
    private static final String PREFIX = "EC2_DOCKER_";

    /** Kept in {@code build.xml}: a dozen short values. */
    private final Map<String, String> variables = new LinkedHashMap<>();

    /** The outputs of a build, one action for all its deployments. */
    static Outputs of(Run<?, ?> build) {
        Outputs known = build.getAction(Outputs.class);
        if (known != null) {
            return known;
        }
        Outputs outputs = new Outputs();
        build.addAction(outputs);
        return outputs;
    }

    synchronized void add(RunReport report, boolean named) {
        Deployment deployment = report.deployment();
        put("", deployment);
        if (named) {
            put(variable(deployment.name()) + "_", deployment);
        }
    }

    private void put(String name, Deployment deployment) {
        deployment.outputs().forEach((output, value) -> put(name + variable(output), value));
        variables.put(PREFIX + name + "DEPLOYMENT", deployment.name());
        variables.put(PREFIX + name + "DEPLOYMENT_ID", deployment.id());
    }

    private void put(String variable, JsonNode value) {
        if (!value.isNull()) {
            variables.put(PREFIX + variable, value.isValueNode() ? value.asText() : value.toString());
        }
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    @Override
    public synchronized void buildEnvironment(Run<?, ?> build, EnvVars env) {
        variables.forEach(env::put);
    }
}
