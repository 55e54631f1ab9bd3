package io.jenkins.plugins.ec2docker.jenkins.form;

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

    private final String image;
    private String name;
    private List<String> ports;
    private List<String> environment;
    private List<String> volumes;
    private String command;
    private String restart;
    private AppHealthcheck healthcheck;

    @DataBoundConstructor
    public AppContainer(String image) {
        this.image = Util.fixEmptyAndTrim(image);
    }

    public String getImage() {
        return image;
    }

    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(String name) {
        this.name = Util.fixEmpty(name);
    }

    public List<String> getPorts() {
        return ports;
    }

    @DataBoundSetter
    public void setPorts(List<String> ports) {
        this.ports = OptionalLists.orNull(ports);
    }

    /** Assignments, {@code NAME=value}. */
    public List<String> getEnvironment() {
        return environment;
    }

    @DataBoundSetter
    public void setEnvironment(List<String> environment) {
        this.environment = OptionalLists.orNull(environment);
    }

    public List<String> getVolumes() {
        return volumes;
    }

    @DataBoundSetter
    public void setVolumes(List<String> volumes) {
        this.volumes = OptionalLists.orNull(volumes);
    }

    /** Words as a shell would read them. */
    public String getCommand() {
        return command;
    }

    @DataBoundSetter
    public void setCommand(String command) {
        this.command = command;
    }

    public String getRestart() {
        return restart;
    }

    @DataBoundSetter
    public void setRestart(String restart) {
        this.restart = Util.fixEmpty(restart);
    }

    public AppHealthcheck getHealthcheck() {
        return healthcheck;
    }

    @DataBoundSetter
    public void setHealthcheck(AppHealthcheck healthcheck) {
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
        public ComboBoxModel doFillRestartItems(@AncestorInPath Item item) {
            FieldValidation.in(item);
            return new ComboBoxModel("unless-stopped", "always", "on-failure", "on-failure:3", "no");
        }

        @POST
        public FormValidation doCheckImage(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldValidation.in(item).required("containers[0].image", value);
        }

        @POST
        public FormValidation doCheckName(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldValidation.in(item).text("containers[0].name", value);
        }

        @POST
        public FormValidation doCheckPorts(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldValidation.in(item).lines("containers[0].ports", value);
        }

        @POST
        public FormValidation doCheckEnvironment(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldValidation.in(item).lines("containers[0].environment", value);
        }

        @POST
        public FormValidation doCheckVolumes(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldValidation.in(item).lines("containers[0].volumes", value);
        }

        @POST
        public FormValidation doCheckCommand(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldValidation.in(item).text("containers[0].command", value);
        }

        @POST
        public FormValidation doCheckRestart(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldValidation.in(item).text("containers[0].restart", value);
        }
    }
}
