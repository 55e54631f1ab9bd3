package io.jenkins.plugins.ec2docker.jenkins.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.ec2docker.jenkins.form.AppContainer;
import io.jenkins.plugins.ec2docker.jenkins.form.AppDisk;
import io.jenkins.plugins.ec2docker.jenkins.form.AppHealth;
import io.jenkins.plugins.ec2docker.jenkins.form.AppNetwork;
import io.jenkins.plugins.ec2docker.jenkins.form.AppRole;
import io.jenkins.plugins.ec2docker.jenkins.form.AppSchedule;
import io.jenkins.plugins.ec2docker.jenkins.form.DocumentBuilder;
import io.jenkins.plugins.ec2docker.jenkins.form.FormSubmission;
import io.jenkins.plugins.ec2docker.jenkins.form.GroovyArguments;
import io.jenkins.plugins.ec2docker.jenkins.form.KeyValueLines;
import io.jenkins.plugins.ec2docker.jenkins.form.OptionalLists;
import io.jenkins.plugins.ec2docker.jenkins.form.RequestFormDescriptor;
import io.jenkins.plugins.ec2docker.jenkins.form.SectionsParameter;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunOrder;
import io.jenkins.plugins.ec2docker.request.values.InvalidRequestException;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * The Pipeline step {@code provisionEc2Docker}: brings a deployment to a request, or plans to. Its parameters are the fields of a request
 * under their own names; what they may hold, the engine's parser knows.
 */
public final class ProvisionStep extends Step {
    private final String region;
    private final String instanceType;
    private List<String> images;
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
    private boolean spot;
    private boolean planOnly;

    @DataBoundConstructor
    public ProvisionStep(String region, String instanceType) {
        this.region = Util.fixEmptyAndTrim(region);
        this.instanceType = Util.fixEmptyAndTrim(instanceType);
    }

    public String getRegion() {
        return region;
    }

    public String getInstanceType() {
        return instanceType;
    }

    /** The short form of containers that need nothing but an image. */
    public List<String> getImages() {
        return images;
    }

    @DataBoundSetter
    public void setImages(List<String> images) {
        this.images = OptionalLists.orNull(images);
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

    public boolean isSpot() {
        return spot;
    }

    @DataBoundSetter
    public void setSpot(boolean spot) {
        this.spot = spot;
    }

    /** Whether to say only what would be done. */
    public boolean isPlanOnly() {
        return planOnly;
    }

    @DataBoundSetter
    public void setPlanOnly(boolean planOnly) {
        this.planOnly = planOnly;
    }

    /** The request as it was asked for, {@code sections} as text. */
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
                .flag("spot", spot)
                .text("expiresAfter", expiresAfter)
                .section("schedule", schedule)
                .put("tags", tags == null ? null : KeyValueLines.map(tags))
                .section("health", health)
                .text("onFailure", onFailure)
                .text("onImageChange", onImageChange)
                .text(SectionsParameter.PARAMETER, sections)
                .map();
    }

    private List<?> containers() {
        Stream<AppContainer> asked = images == null ? Stream.of() : images.stream().map(AppContainer::new);
        return Stream.concat(asked, containers == null ? Stream.of() : containers.stream()).map(AppContainer::document).toList();
    }

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        Map<String, Object> document = whole();
        document.putIfAbsent("name", DefaultDeploymentName.of(context.get(Run.class)));
        RunOrder order = new RunOrder(planOnly ? Purpose.PLAN : Purpose.PROVISION, document, users, usersText, credentialsId, null, null);
        return new RunExecution(context, order, true);
    }

    private Map<String, Object> whole() throws AbortException {
        try {
            return SectionsParameter.merged(document());
        } catch (InvalidRequestException e) {
            throw new AbortException(e.getMessage());
        }
    }

    @Extension
    public static final class DescriptorImpl extends RequestFormDescriptor implements CustomDescribableModel {
        @Override
        public String getFunctionName() {
            return "provisionEc2Docker";
        }

        @Override
        public String getDisplayName() {
            return Messages.ProvisionStep_DisplayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return RunExecution.CONTEXT;
        }

        /**
         * Looks at the arguments as they were written, because Jenkins would let an unknown one pass and tell of a wrong one by a stack
         * trace.
         */
        @Override
        @SuppressWarnings("deprecation")
        public Step newInstance(Map<String, Object> arguments) throws AbortException {
            StepArgumentValidation.check(GroovyArguments.plain(arguments));
            return DescribableModel.of(ProvisionStep.class).instantiate(arguments, null);
        }

        @Override
        public Step newInstance(StaplerRequest2 request, JSONObject form) {
            return DescribableModel.of(ProvisionStep.class).instantiate(FormSubmission.read(ProvisionStep.class, form), null);
        }

        @Override
        public Map<String, Object> customInstantiate(Map<String, Object> arguments) {
            return GroovyArguments.fit(clazz, arguments);
        }

        @Override
        public UninstantiatedDescribable customUninstantiate(UninstantiatedDescribable described) {
            return GroovyArguments.asWritten(described);
        }

        @Override
        public String argumentsToString(Map<String, Object> arguments) {
            return arguments.get("name") instanceof String name ? name : null;
        }
    }
}
