package io.jenkins.plugins.ec2docker.jenkins.controller;

import java.nio.file.Path;
import jenkins.model.Jenkins;

/** Where this plugin keeps its own files: deployments, runs that are not over, workspaces to remove. */
public final class PluginDirectory {

    private PluginDirectory() {}

    /** Below Jenkins' home; there only once something was stored in it. */
    public static Path path() {
        return Jenkins.get().getRootDir().toPath().resolve("ec2-docker");
    }
}
