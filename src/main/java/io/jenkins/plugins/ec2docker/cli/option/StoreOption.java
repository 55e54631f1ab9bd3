package io.jenkins.plugins.ec2docker.cli.option;

import io.jenkins.plugins.ec2docker.cli.output.CommandFailure;
import io.jenkins.plugins.ec2docker.platform.Encryption;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that says where deployments are kept. */
public final class StoreOption {

    @Option(names = "--state-dir", required = true, paramLabel = "DIR", description = "Where deployments and their state are kept.")
    private Path directory;

    public DeploymentStore store() {
        return new DeploymentStore(directory, Encryption.NONE);
    }

    /** @throws CommandFailure if there is no deployment of that name */
    public Deployment find(String name) throws CommandFailure, IOException {
        return lookup(name).orElseThrow(() -> CommandFailure.invalid(
                missing(name) + "; \"ec2-docker list --state-dir " + directory + "\" shows those there are."));
    }

    /** @throws CommandFailure if no deployment can have that name */
    public Optional<Deployment> lookup(String name) throws CommandFailure, IOException {
        if (!DeploymentStore.isName(name)) {
            throw CommandFailure.invalid("\"" + name + "\" is not a deployment's name, which has only letters, digits, - and _.");
        }
        return store().find(name);
    }

    /** Says, without a full stop, that there is no such deployment. */
    public String missing(String name) {
        return "There is no deployment \"" + name + "\" in " + directory;
    }
}
