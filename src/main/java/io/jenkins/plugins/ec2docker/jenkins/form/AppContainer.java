package io.jenkins.plugins.ec2docker.jenkins.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import java.util.List;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** One container of a request. {@code container} itself is a step of the Kubernetes plugin, hence the symbol. */
public final class AppContainer extends RequestBean<AppContainer> {
    private static final long serialVersionUID = 1L;

    @CheckForNull
    private final String image;
    @CheckForNull
    private String name;
    @CheckForNull
    private List<String> ports;
    @CheckForNull
    private List<String> environment;
    @CheckForNull
    private List<String> volumes;
    @CheckForNull
    private String command;
    @CheckForNull
    private String restart;
    @CheckForNull
    private AppHealthcheck healthcheck;

    @DataBoundConstructor
    public AppContainer(@CheckForNull String image) {
        this.image = Util.fixEmptyAndTrim(image);
    }

    @CheckForNull
    public String getImage() {
        return image;
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
    public List<String> getPorts() {
        return ports;
    }

    @DataBoundSetter
    public void setPorts(@CheckForNull List<String> ports) {
        this.ports = OptionalLists.orNull(ports);
    }

    /** Assignments, {@code NAME=value}. */
    @CheckForNull
    public List<String> getEnvironment() {
        return environment;
    }

    @DataBoundSetter
    public void setEnvironment(@CheckForNull List<String> environment) {
        this.environment = OptionalLists.orNull(environment);
    }

    @CheckForNull
    public List<String> getVolumes() {
        return volumes;
    }

    @DataBoundSetter
    public void setVolumes(@CheckForNull List<String> volumes) {
        this.volumes = OptionalLists.orNull(volumes);
    }

    /** Words as a shell would read them. */
    @CheckForNull
    public String getCommand() {
        return command;
    }

    @DataBoundSetter
    public void setCommand(@CheckForNull String command) {
        this.command = command;
    }

    @CheckForNull
    public String getRestart() {
        return restart;
    }

    @DataBoundSetter
    public void setRestart(@CheckForNull String restart) {
        this.restart = Util.fixEmpty(restart);
    }

    @CheckForNull
    public AppHealthcheck getHealthcheck() {
        return healthcheck;
    }

    @DataBoundSetter
    public void setHealthcheck(@CheckForNull AppHealthcheck healthcheck) {
        this.healthcheck = healthcheck;
    }

    @Override
    public Map<String, Object> document() {
        return new DocumentBuilder()
                .text("name", name)
                .text("image", image)
                .list("ports", ports)
                .list("environment", environment)
                .list("volumes", volumes)
                .put("command", command)
                .text("restart", restart)
                .section("healthcheck", healthcheck)
                .map();
    }

    @Extension
    @Symbol("appContainer")
    public static final class DescriptorImpl extends RequestBeanDescriptor<AppContainer> {
        @Override
        public String getDisplayName() {
            return Messages.AppContainer_DisplayName();
        }

        @POST
        public ComboBoxModel doFillRestartItems(@CheckForNull @AncestorInPath Item item) {
            FieldValidation.in(item);
            return new ComboBoxModel("unless-stopped", "always", "on-failure", "on-failure:3", "no");
        }

        @POST
        public FormValidation doCheckImage(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
            return FieldValidation.in(item).required("containers[0].image", value);
        }

        @POST
        public FormValidation doCheckName(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
            return FieldValidation.in(item).text("containers[0].name", value);
        }

        @POST
        public FormValidation doCheckPorts(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
            return FieldValidation.in(item).lines("containers[0].ports", value);
        }

        @POST
        public FormValidation doCheckEnvironment(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
            return FieldValidation.in(item).lines("containers[0].environment", value);
        }

        @POST
        public FormValidation doCheckVolumes(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
            return FieldValidation.in(item).lines("containers[0].volumes", value);
        }

        @POST
        public FormValidation doCheckCommand(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
            return FieldValidation.in(item).text("containers[0].command", value);
        }

        @POST
        public FormValidation doCheckRestart(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
            return FieldValidation.in(item).text("containers[0].restart", value);
        }
    }
}
