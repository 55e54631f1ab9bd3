package io.jenkins.plugins.ec2docker.jenkins.builder;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.ec2docker.jenkins.form.AppContainer;
import io.jenkins.plugins.ec2docker.jenkins.form.AppDisk;
import io.jenkins.plugins.ec2docker.jenkins.form.AppHealth;
import io.jenkins.plugins.ec2docker.jenkins.form.AppNetwork;
import io.jenkins.plugins.ec2docker.jenkins.form.AppRole;
import io.jenkins.plugins.ec2docker.jenkins.form.AppSchedule;
import io.jenkins.plugins.ec2docker.jenkins.form.DocumentBuilder;
import io.jenkins.plugins.ec2docker.jenkins.form.FormSubmission;
import io.jenkins.plugins.ec2docker.jenkins.form.KeyValueLines;
import io.jenkins.plugins.ec2docker.jenkins.form.OptionalLists;
import io.jenkins.plugins.ec2docker.jenkins.form.SectionsParameter;
import io.jenkins.plugins.ec2docker.jenkins.runs.ActiveRuns;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunHandle;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunOrder;
import io.jenkins.plugins.ec2docker.jenkins.step.DefaultDeploymentName;
import io.jenkins.plugins.ec2docker.jenkins.step.ProvisionStep;
import io.jenkins.plugins.ec2docker.request.values.InvalidRequestException;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import jenkins.tasks.SimpleBuildStep;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * The build step "Provision EC2 with Docker": the same request as {@link ProvisionStep}, for jobs that are configured by a form. In a
 * freestyle job every field may hold parameters and variables of the build; that is why all of them are text.
 *
 * <p>The fields stand here and there, because Structs binds to a class and those above it, of which a builder and a step can share none, and
 * an object of its own for them would stand between the step and its parameters in every Jenkinsfile and job.
 */
public final class ProvisionBuilder extends Builder implements SimpleBuildStep {
    @CheckForNull
    private final String region;
    @CheckForNull
    private final String instanceType;
    @CheckForNull
    private List<AppContainer> containers;
    @CheckForNull
    private String name;
    @CheckForNull
    private String machineImage;
    @CheckForNull
    private AppRole role;
    @CheckForNull
    private String credentialsId;
    @CheckForNull
    private String users;
    @CheckForNull
    private String usersText;
    @CheckForNull
    private AppNetwork network;
    @CheckForNull
    private AppDisk disk;
    @CheckForNull
    private String sshPublicKey;
    @CheckForNull
    private String keyName;
    @CheckForNull
    private AppHealth health;
    @CheckForNull
    private AppSchedule schedule;
    @CheckForNull
    private List<String> requester;
    @CheckForNull
    private String expiresAfter;
    @CheckForNull
    private List<String> tags;
    @CheckForNull
    private String onFailure;
    @CheckForNull
    private String onImageChange;
    @CheckForNull
    private String blueprint;
    @CheckForNull
    private String sections;
    @CheckForNull
    private String spot;
    @CheckForNull
    private String planOnly;

    @DataBoundConstructor
    public ProvisionBuilder(@CheckForNull String region, @CheckForNull String instanceType) {
        this.region = Util.fixEmptyAndTrim(region);
        this.instanceType = Util.fixEmptyAndTrim(instanceType);
    }

    @CheckForNull
    public String getRegion() {
        return region;
    }

    @CheckForNull
    public String getInstanceType() {
        return instanceType;
    }

    @CheckForNull
    public List<AppContainer> getContainers() {
        return containers;
    }

    @DataBoundSetter
    public void setContainers(@CheckForNull List<AppContainer> containers) {
        this.containers = OptionalLists.orNull(containers);
    }

    @CheckForNull
    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(@CheckForNull String name) {
        this.name = Util.fixEmpty(name);
    }

    @CheckForNull
    public String getMachineImage() {
        return machineImage;
    }

    @DataBoundSetter
    public void setMachineImage(@CheckForNull String machineImage) {
        this.machineImage = Util.fixEmpty(machineImage);
    }

    @CheckForNull
    public AppRole getRole() {
        return role;
    }

    @DataBoundSetter
    public void setRole(@CheckForNull AppRole role) {
        this.role = role;
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmpty(credentialsId);
    }

    /** Path of the users file in the workspace. */
    @CheckForNull
    public String getUsers() {
        return users;
    }

    @DataBoundSetter
    public void setUsers(@CheckForNull String users) {
        this.users = Util.fixEmpty(users);
    }

    /** The users file itself. */
    @CheckForNull
    public String getUsersText() {
        return usersText;
    }

    @DataBoundSetter
    public void setUsersText(@CheckForNull String usersText) {
        this.usersText = Util.fixEmpty(usersText);
    }

    @CheckForNull
    public AppNetwork getNetwork() {
        return network;
    }

    @DataBoundSetter
    public void setNetwork(@CheckForNull AppNetwork network) {
        this.network = network;
    }

    @CheckForNull
    public AppDisk getDisk() {
        return disk;
    }

    @DataBoundSetter
    public void setDisk(@CheckForNull AppDisk disk) {
        this.disk = disk;
    }

    @CheckForNull
    public String getSshPublicKey() {
        return sshPublicKey;
    }

    @DataBoundSetter
    public void setSshPublicKey(@CheckForNull String sshPublicKey) {
        this.sshPublicKey = Util.fixEmpty(sshPublicKey);
    }

    @CheckForNull
    public String getKeyName() {
        return keyName;
    }

    @DataBoundSetter
    public void setKeyName(@CheckForNull String keyName) {
        this.keyName = Util.fixEmpty(keyName);
    }

    @CheckForNull
    public AppHealth getHealth() {
        return health;
    }

    @DataBoundSetter
    public void setHealth(@CheckForNull AppHealth health) {
        this.health = health;
    }

    @CheckForNull
    public AppSchedule getSchedule() {
        return schedule;
    }

    @DataBoundSetter
    public void setSchedule(@CheckForNull AppSchedule schedule) {
        this.schedule = schedule;
    }

    @CheckForNull
    public List<String> getRequester() {
        return requester;
    }

    @DataBoundSetter
    public void setRequester(@CheckForNull List<String> requester) {
        this.requester = OptionalLists.orNull(requester);
    }

    @CheckForNull
    public String getExpiresAfter() {
        return expiresAfter;
    }

    @DataBoundSetter
    public void setExpiresAfter(@CheckForNull String expiresAfter) {
        this.expiresAfter = Util.fixEmpty(expiresAfter);
    }

    /** Lines {@code KEY=value}. */
    @CheckForNull
    public List<String> getTags() {
        return tags;
    }

    @DataBoundSetter
    public void setTags(@CheckForNull List<String> tags) {
        this.tags = OptionalLists.orNull(tags);
    }

    @CheckForNull
    public String getOnFailure() {
        return onFailure;
    }

    @DataBoundSetter
    public void setOnFailure(@CheckForNull String onFailure) {
        this.onFailure = Util.fixEmpty(onFailure);
    }

    @CheckForNull
    public String getOnImageChange() {
        return onImageChange;
    }

    @DataBoundSetter
    public void setOnImageChange(@CheckForNull String onImageChange) {
        this.onImageChange = Util.fixEmpty(onImageChange);
    }

    @CheckForNull
    public String getBlueprint() {
        return blueprint;
    }

    @DataBoundSetter
    public void setBlueprint(@CheckForNull String blueprint) {
        this.blueprint = Util.fixEmpty(blueprint);
    }

    /** Further fields of the request, in YAML. */
    @CheckForNull
    public String getSections() {
        return sections;
    }

    @DataBoundSetter
    public void setSections(@CheckForNull String sections) {
        this.sections = Util.fixEmptyAndTrim(sections);
    }

    /** {@code true}, {@code false}, null or a parameter. */
    @CheckForNull
    public String getSpot() {
        return spot;
    }

    @DataBoundSetter
    public void setSpot(@CheckForNull String spot) {
        this.spot = Util.fixEmpty(spot);
    }

    /** Whether to say only what would be done: {@code true}, {@code false}, null or a parameter. */
    @CheckForNull
    public String getPlanOnly() {
        return planOnly;
    }

    @DataBoundSetter
    public void setPlanOnly(@CheckForNull String planOnly) {
        this.planOnly = Util.fixEmpty(planOnly);
    }

    /** The request as it was asked for, before parameters are expanded, {@code sections} as text. */
    public Map<String, Object> document() {
        return new DocumentBuilder()
                .text("name", name)
                .text("blueprint", blueprint)
                .text("region", region)
                .text("instanceType", instanceType)
                .section("role", role)
                .list("containers", containers())
                .list("requester", requester)
                .text("machineImage", machineImage)
                .section("network", network)
                .section("disk", disk)
                .text("sshPublicKey", sshPublicKey)
                .text("keyName", keyName)
                .text("spot", spot)
                .text("expiresAfter", expiresAfter)
                .section("schedule", schedule)
                .put("tags", tags == null ? null : KeyValueLines.map(tags))
                .section("health", health)
                .text("onFailure", onFailure)
                .text("onImageChange", onImageChange)
                .text("sections", sections)
                .map();
    }

    private List<?> containers() {
        return containers == null ? List.of() : containers.stream().map(AppContainer::document).toList();
    }

    @Override
    public void perform(Run<?, ?> build, FilePath workspace, EnvVars env, Launcher launcher, TaskListener listener)
            throws InterruptedException, IOException {
        Expansion expansion = build instanceof AbstractBuild ? Expansion.by(env) : Expansion.NONE;
        RunHandle run = ActiveRuns.get().start(checkedOrder(build, expansion), build, workspace, launcher, env, listener);
        RunReport report = new RunWait(run, listener).report();
        if (!report.result().succeeded()) {
            throw new AbortException(report.result().message());
        }
        if (report.run().purpose().provisions()) {
            Outputs.of(build).add(report, name != null);
        }
    }

    private RunOrder checkedOrder(Run<?, ?> build, Expansion expansion) throws AbortException {
        try {
            return order(build, expansion);
        } catch (AbortException e) {
            throw ActiveRuns.rejected(build, e);
        }
    }

    private Map<String, Object> whole(Expansion expansion) throws AbortException {
        try {
            return SectionsParameter.merged(expansion.of(document()));
        } catch (InvalidRequestException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private RunOrder order(Run<?, ?> build, Expansion expansion) throws AbortException {
        Map<String, Object> document = whole(expansion);
        document.putIfAbsent("name", DefaultDeploymentName.of(build));
        String planned = expansion.of(planOnly);
        if (planned != null && !planned.matches("true|false")) {
            throw new AbortException(Messages.ProvisionBuilder_PlanOnly(planned));
        }
        Purpose purpose = "true".equals(planned) ? Purpose.PLAN : Purpose.PROVISION;
        return new RunOrder(purpose, document, expansion.of(users), expansion.of(usersText), expansion.of(credentialsId), null, null);
    }

    @Extension
    @Symbol("provisionEc2WithDocker")
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {
        @Override
        public String getDisplayName() {
            return Messages.ProvisionBuilder_DisplayName();
        }

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> job) {
            return true;
        }

        /** Who shows the form, its help and its checks. */
        public ProvisionStep.DescriptorImpl getForm() {
            return (ProvisionStep.DescriptorImpl) Jenkins.get().getDescriptorOrDie(ProvisionStep.class);
        }

        @Override
        public Builder newInstance(@CheckForNull StaplerRequest2 request, JSONObject form) {
            return DescribableModel.of(ProvisionBuilder.class).instantiate(FormSubmission.read(ProvisionBuilder.class, form), null);
        }
    }
}
