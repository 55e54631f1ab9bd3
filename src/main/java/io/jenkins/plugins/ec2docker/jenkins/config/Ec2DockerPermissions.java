package io.jenkins.plugins.ec2docker.jenkins.config;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Item;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import java.util.Optional;
import jenkins.model.Jenkins;

/**
 * Who may create, change and destroy what a job has in AWS, and read its state, beside who may build the job.
 *
 * <p>All are granted on jobs and folders. The first three are implied by what could do the same without it: whoever builds a job has it
 * provision, and whoever configures a job can write the step that rolls back or destroys. Building alone does not imply destroying: a deployment
 * outlives the build, and others may use it. Nor does it imply a change by hand: a Pipeline may ask somebody for an approval first, which a
 * button would go around.
 */
public final class Ec2DockerPermissions {

    public static final PermissionGroup GROUP = new PermissionGroup(Ec2DockerPermissions.class, Messages._Permissions_Group());

    /** Plan, create and update deployments of a job. */
    public static final Permission PROVISION = new Permission(
            GROUP, "Provision", Messages._Permissions_Provision(), Item.BUILD, PermissionScope.ITEM);

    /** Roll deployments of a job back, apply again and extend, from a page and past whatever the job's builds ask first. */
    public static final Permission MAINTAIN = new Permission(
            GROUP, "Maintain", Messages._Permissions_Maintain(), Item.CONFIGURE, PermissionScope.ITEM);

    /** Destroy deployments of a job. */
    public static final Permission DESTROY =
            new Permission(GROUP, "Destroy", Messages._Permissions_Destroy(), Item.CONFIGURE, PermissionScope.ITEM);

    /** Download and restore states of a job's deployments. States hold what containers were given, secrets too. */
    public static final Permission STATE = new Permission(
            GROUP, "State", Messages._Permissions_State(), Jenkins.ADMINISTER, PermissionScope.ITEM);

    private Ec2DockerPermissions() {}

    /** The permission that a build takes for a run of this purpose. */
    public static Permission of(Purpose purpose) {
        return purpose == Purpose.DESTROY ? DESTROY : PROVISION;
    }

    /** Why the one in whose name this thread works may not do this with the job; empty if they may. */
    public static Optional<String> refusal(Purpose purpose, Item job) {
        Permission permission = of(purpose);
        return job.hasPermission(permission)
                ? Optional.empty()
                : Optional.of(Messages.Permissions_Refused(
                        Jenkins.getAuthentication2().getName(), GROUP.title, permission.name, job.getFullName()));
    }

    /** Before anything that holds granted permissions is read: an unknown permission would be dropped there. */
    @Initializer(before = InitMilestone.SYSTEM_CONFIG_LOADED)
    public static void register() {
        GROUP.getPermissions();
    }
}
