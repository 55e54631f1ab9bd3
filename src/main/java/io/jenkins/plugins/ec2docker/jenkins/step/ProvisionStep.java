package io.jenkins.plugins.ec2docker.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
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
    @CheckForNull
    private final String region;
    @CheckForNull
    private final String instanceType;
    @CheckForNull
    private List<String> images;
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
    private boolean spot;
    private boolean planOnly;

    @DataBoundConstructor
    public ProvisionStep(@CheckForNull String region, @CheckForNull String instanceType) {
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

    /** The short form of containers that need nothing but an image. */
    @CheckForNull
    public List<String> getImages() {
        return images;
    }

    @DataBoundSetter
    public void setImages(@CheckForNull List<String> images) {
        this.images = OptionalLists.orNull(images);
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
        if (document.get("name") == null) {
            String name = DefaultDeploymentName.of(context.get(Run.class));
            UnnamedDeployment.mark(context, name);
            document.put("name", name);
        }
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
        public Step newInstance(@CheckForNull StaplerRequest2 request, JSONObject form) {
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
        @CheckForNull
        public String argumentsToString(Map<String, Object> arguments) {
            return arguments.get("name") instanceof String name ? name : null;
        }
    }
}
