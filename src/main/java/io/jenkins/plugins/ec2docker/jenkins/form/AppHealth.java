package io.jenkins.plugins.ec2docker.jenkins.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What a request's run asks over HTTP before it counts as done. */
public final class AppHealth extends RequestBean<AppHealth> {
    private static final long serialVersionUID = 1L;

    @CheckForNull
    private final String port;
    @CheckForNull
    private String path;
    @CheckForNull
    private String timeout;

    @DataBoundConstructor
    public AppHealth(@CheckForNull String port) {
        this.port = Util.fixEmptyAndTrim(port);
    }

    @CheckForNull
    public String getPort() {
        return port;
    }

    @CheckForNull
    public String getPath() {
        return path;
    }

    @DataBoundSetter
    public void setPath(@CheckForNull String path) {
        this.path = Util.fixEmpty(path);
    }

    @CheckForNull
    public String getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(@CheckForNull String timeout) {
        this.timeout = Util.fixEmpty(timeout);
    }

    @Override
    public Map<String, Object> document() {
        return new DocumentBuilder()
                .text("port", port)
                .text("path", path)
                .text("timeout", timeout)
                .map();
    }

    @Extension
    @Symbol("appHealth")
    public static final class DescriptorImpl extends RequestBeanDescriptor<AppHealth> {
        @Override
        public String getDisplayName() {
            return Messages.AppHealth_DisplayName();
        }

        @POST
        public FormValidation doCheckPort(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
            return FieldValidation.in(item).text("health.port", value);
        }

        @POST
        public FormValidation doCheckPath(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
            return FieldValidation.in(item).text("health.path", value);
        }

        @POST
        public FormValidation doCheckTimeout(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
            return FieldValidation.in(item).text("health.timeout", value);
        }
    }
}
