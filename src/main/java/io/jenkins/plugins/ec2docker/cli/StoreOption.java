package io.jenkins.plugins.ec2docker.cli;

import io.jenkins.plugins.ec2docker.provisioning.Deployment;
import io.jenkins.plugins.ec2docker.provisioning.DeploymentStore;
import io.jenkins.plugins.ec2docker.provisioning.Seal;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that says where deployments are kept. */
final class StoreOption {

    @Option(names = "--state-dir", required = true, paramLabel = "DIR", description = "Where deployments and their state are kept.")
    private Path directory;

    DeploymentStore store() {
        return new DeploymentStore(directory, Seal.NONE);
    }

    /** @throws CommandFailure if there is no deployment of that name */
    Deployment find(String name) throws CommandFailure, IOException {
        if (!name.matches("[a-z][a-z0-9-]{0,31}")) {
            throw CommandFailure.invalid("\"" + name + "\" is not a deployment's name: [a-z][a-z0-9-]{0,31}.");
        }
        return store().find(name).orElseThrow(() -> CommandFailure.invalid("There is no deployment \"" + name + "\" in " + directory
                + "; \"ec2-docker list --state-dir " + directory + "\" shows those there are."));
    }
}
