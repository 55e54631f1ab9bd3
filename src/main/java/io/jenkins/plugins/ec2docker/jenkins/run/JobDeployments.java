package io.jenkins.plugins.ec2docker.jenkins.run;

import hudson.model.Item;
import io.jenkins.plugins.ec2docker.provisioning.DeploymentStore;
import java.nio.file.Path;
import jenkins.model.Jenkins;

/** Where the deployments of each job are kept: they outlive its builds, and follow it when it is renamed or moved. */
public final class JobDeployments {

    private JobDeployments() {}

    /** The deployments of a job, sealed with this controller's keys. */
    public static DeploymentStore of(Item job) {
        return of(job.getFullName());
    }

    static DeploymentStore of(String jobFullName) {
        Path root = Jenkins.get().getRootDir().toPath().resolve("ec2-docker").resolve("deployments");
        return new DeploymentStore(root.resolve(JobKey.of(jobFullName)), new JenkinsSeal());
    }
}
