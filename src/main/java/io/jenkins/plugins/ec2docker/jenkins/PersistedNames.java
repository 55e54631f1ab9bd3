package io.jenkins.plugins.ec2docker.jenkins;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Items;
import hudson.model.Run;
import hudson.util.XStream2;
import io.jenkins.plugins.ec2docker.jenkins.form.AppContainer;
import io.jenkins.plugins.ec2docker.jenkins.form.AppDisk;
import io.jenkins.plugins.ec2docker.jenkins.form.AppHealth;
import io.jenkins.plugins.ec2docker.jenkins.form.AppHealthcheck;
import io.jenkins.plugins.ec2docker.jenkins.form.AppNetwork;
import io.jenkins.plugins.ec2docker.jenkins.form.AppRole;
import io.jenkins.plugins.ec2docker.jenkins.form.AppSchedule;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.RunBuildAction;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.StoredRunSummary;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Class names that {@code config.xml} and {@code build.xml} may still have from before their classes moved. Such files are read for ever. */
@Restricted(NoExternalUse.class)
public final class PersistedNames {
    private static final String ROOT = "io.jenkins.plugins.ec2docker.jenkins.";
    private static final List<Class<?>> REQUEST = List.of(
            AppContainer.class, AppDisk.class, AppHealth.class, AppHealthcheck.class, AppNetwork.class, AppRole.class, AppSchedule.class);

    private PersistedNames() {}

    /** Runs before the first job is read. */
    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    public static void addAliases() {
        for (XStream2 each : List.of(Items.XSTREAM2, Run.XSTREAM2)) {
            REQUEST.forEach(type -> each.addCompatibilityAlias(ROOT + "step." + type.getSimpleName(), type));
            each.addCompatibilityAlias(ROOT + "action.ProvisionAction", RunBuildAction.class);
            each.addCompatibilityAlias(ROOT + "action.RunFacts", StoredRunSummary.class);
        }
    }
}
