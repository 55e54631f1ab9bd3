package io.jenkins.plugins.ec2docker.jenkins.builder;

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
    private final String region;
    private final String instanceType;
    private List<AppContainer> containers;
    private String name;
    private String machineImage;
    private AppRole role;
    private String credentialsId;
    private String users;
    private String usersText;
    private AppNetwork network;
    private AppDisk disk;
    private String sshPublicKey;
    private String keyName;
    private AppHealth health;
    private AppSchedule schedule;
    private List<String> requester;
    private String expiresAfter;
    private List<String> tags;
    private String onFailure;
    private String onImageChange;
    private String blueprint;
    private String sections;
    private String spot;
    private String planOnly;

    @DataBoundConstructor
    public ProvisionBuilder(String region, String instanceType) {
        this.region = Util.fixEmptyAndTrim(region);
        this.instanceType = Util.fixEmptyAndTrim(instanceType);
    }

    public String getRegion() {
        return region;
    }

    public String getInstanceType() {
        return instanceType;
    }

    public List<AppContainer> getContainers() {
        return containers;
    }

    @DataBoundSetter
    public void setContainers(List<AppContainer> containers) {
        this.containers = OptionalLists.orNull(containers);
    }

    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(String name) {
        this.name = Util.fixEmpty(name);
    }

    public String getMachineImage() {
        return machineImage;
    }

    @DataBoundSetter
    public void setMachineImage(String machineImage) {
        this.machineImage = Util.fixEmpty(machineImage);
    }

    public AppRole getRole() {
        return role;
    }

    @DataBoundSetter
    public void setRole(AppRole role) {
        this.role = role;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmpty(credentialsId);
    }

    /** Path of the users file in the workspace. */
    public String getUsers() {
        return users;
    }

    @DataBoundSetter
    public void setUsers(String users) {
        this.users = Util.fixEmpty(users);
    }

    /** The users file itself. */
    public String getUsersText() {
        return usersText;
    }

    @DataBoundSetter
    public void setUsersText(String usersText) {
        this.usersText = Util.fixEmpty(usersText);
    }

    public AppNetwork getNetwork() {
        return network;
    }

    @DataBoundSetter
    public void setNetwork(AppNetwork network) {
        this.network = network;
    }

    public AppDisk getDisk() {
        return disk;
    }

    @DataBoundSetter
    public void setDisk(AppDisk disk) {
        this.disk = disk;
    }

    public String getSshPublicKey() {
        return sshPublicKey;
    }

    @DataBoundSetter
    public void setSshPublicKey(String sshPublicKey) {
        this.sshPublicKey = Util.fixEmpty(sshPublicKey);
    }

    public String getKeyName() {
        return keyName;
    }

    @DataBoundSetter
    public void setKeyName(String keyName) {
        this.keyName = Util.fixEmpty(keyName);
    }

    public AppHealth getHealth() {
        return health;
    }

    @DataBoundSetter
    public void setHealth(AppHealth health) {
        this.health = health;
    }

    public AppSchedule getSchedule() {
        return schedule;
    }

    @DataBoundSetter
    public void setSchedule(AppSchedule schedule) {
        this.schedule = schedule;
    }

    public List<String> getRequester() {
        return requester;
    }

    @DataBoundSetter
    public void setRequester(List<String> requester) {
        this.requester = OptionalLists.orNull(requester);
    }

    public String getExpiresAfter() {
        return expiresAfter;
    }

    @DataBoundSetter
    public void setExpiresAfter(String expiresAfter) {
        this.expiresAfter = Util.fixEmpty(expiresAfter);
    }

    /** Lines {@code KEY=value}. */
    public List<String> getTags() {
        return tags;
    }

    @DataBoundSetter
    public void setTags(List<String> tags) {
        this.tags = OptionalLists.orNull(tags);
    }

    public String getOnFailure() {
        return onFailure;
    }

    @DataBoundSetter
    public void setOnFailure(String onFailure) {
        this.onFailure = Util.fixEmpty(onFailure);
    }

    public String getOnImageChange() {
        return onImageChange;
    }

    @DataBoundSetter
    public void setOnImageChange(String onImageChange) {
        this.onImageChange = Util.fixEmpty(onImageChange);
    }

    public String getBlueprint() {
        return blueprint;
    }

    @DataBoundSetter
    public void setBlueprint(String blueprint) {
        this.blueprint = Util.fixEmpty(blueprint);
    }

    /** Further fields of the request, in YAML. */
    public String getSections() {
        return sections;
    }

    @DataBoundSetter
    public void setSections(String sections) {
        this.sections = Util.fixEmptyAndTrim(sections);
    }

    /** {@code true}, {@code false}, null or a parameter. */
    public String getSpot() {
        return spot;
    }

    @DataBoundSetter
    public void setSpot(String spot) {
        this.spot = Util.fixEmpty(spot);
    }

    /** Whether to say only what would be done: {@code true}, {@code false}, null or a parameter. */
    public String getPlanOnly() {
        return planOnly;
    }

    @DataBoundSetter
    public void setPlanOnly(String planOnly) {
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
        RunHandle run = ActiveRuns.get().start(order(build, expansion), build, workspace, launcher, env, listener);
        RunReport report = new RunWait(run, listener).report();
        if (!report.result().succeeded()) {
            throw new AbortException(report.result().message());
        }
        if (report.run().purpose().provisions()) {
            Outputs.of(build).add(report, name != null);
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
        public Builder newInstance(StaplerRequest2 request, JSONObject form) {
            return DescribableModel.of(ProvisionBuilder.class).instantiate(FormSubmission.read(ProvisionBuilder.class, form), null);
        }
    }
}
