package io.jenkins.plugins.ec2docker.jenkins.run;

import java.nio.file.Path;
import jenkins.model.Jenkins;

/** Where this plugin keeps its own files: deployments, runs that are not over, workspaces to remove. */
final class PluginDirectory {

    private PluginDirectory() {}

    /** Below Jenkins' home; there only once something was stored in it. */
    static Path path() {
        return Jenkins.get().getRootDir().toPath().resolve("ec2-docker");
    }
}
