package io.jenkins.plugins.ec2docker.run;

import io.jenkins.plugins.ec2docker.run.config.AwsRunSession;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.site.TerraformSite;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * What a run works with.
 *
 * @param site where Terraform works
 * @param notes is told sentences for people
 * @param pins looks for what the images' tags stand for
 */
public record RunTools(
        DeploymentStore store,
        RunSettings settings,
        AwsRunSession session,
        TerraformSite site,
        Clock clock,
        Consumer<String> notes,
        RunImageDigests pins) {

    /** With the images' registries, as the settings say. */
    public RunTools(
            DeploymentStore store, RunSettings settings, AwsRunSession session, TerraformSite site, Clock clock, Consumer<String> notes) {
        this(store, settings, session, site, clock, notes, RunImageDigests.of(store, settings, notes));
    }
}
