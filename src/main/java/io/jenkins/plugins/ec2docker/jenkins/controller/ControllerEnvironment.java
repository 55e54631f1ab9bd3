package io.jenkins.plugins.ec2docker.jenkins.controller;

import java.util.HashMap;
import java.util.Map;

/** The variables by which the controller itself reaches AWS: its own, its proxy, and over them what administrators set. */
public final class ControllerEnvironment {

    private ControllerEnvironment() {}

    public static Map<String, String> now() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(JenkinsProxy.variables(environment));
        environment.putAll(SystemSettings.get().environment());
        return environment;
    }
}
