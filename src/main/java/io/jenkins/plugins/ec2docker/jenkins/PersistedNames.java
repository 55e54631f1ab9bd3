package io.jenkins.plugins.ec2docker.jenkins;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Items;
import hudson.model.Run;
import io.jenkins.plugins.ec2docker.jenkins.form.AppContainer;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.RunBuildAction;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Class names that {@code config.xml} and {@code build.xml} may still have from before their classes moved. Such files are read for ever. Only
 * elements of lists have such a name: what a field of its own type holds is stored under the field's name alone.
 */
@Restricted(NoExternalUse.class)
public final class PersistedNames {
    private static final String ROOT = "io.jenkins.plugins.ec2docker.jenkins.";

    private PersistedNames() {}

    /** Runs before the first job is read. */
    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    public static void addAliases() {
        Items.XSTREAM2.addCompatibilityAlias(ROOT + "step.AppContainer", AppContainer.class);
        Run.XSTREAM2.addCompatibilityAlias(ROOT + "action.ProvisionAction", RunBuildAction.class);
    }
}
