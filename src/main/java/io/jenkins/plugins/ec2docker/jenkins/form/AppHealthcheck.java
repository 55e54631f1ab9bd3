package io.jenkins.plugins.ec2docker.jenkins.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import java.util.List;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** How Docker finds out whether a container is healthy. */
public final class AppHealthcheck extends RequestBean<AppHealthcheck> {
    private static final long serialVersionUID = 1L;

    @CheckForNull
    private final List<String> test;
    @CheckForNull
    private String interval;
    @CheckForNull
    private String timeout;
    @CheckForNull
    private String retries;
    @CheckForNull
    private String startPeriod;

    @DataBoundConstructor
    public AppHealthcheck(@CheckForNull List<String> test) {
        this.test = OptionalLists.orNull(test);
    }

    /** As Compose has it: {@code CMD} and words, {@code CMD-SHELL} and a line, or {@code NONE}. */
    @CheckForNull
    public List<String> getTest() {
        return test;
    }

    @CheckForNull
    public String getInterval() {
        return interval;
    }

    @DataBoundSetter
    public void setInterval(@CheckForNull String interval) {
        this.interval = Util.fixEmpty(interval);
    }

    @CheckForNull
    public String getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(@CheckForNull String timeout) {
        this.timeout = Util.fixEmpty(timeout);
    }

    @CheckForNull
    public String getRetries() {
        return retries;
    }

    @DataBoundSetter
    public void setRetries(@CheckForNull String retries) {
        this.retries = Util.fixEmpty(retries);
    }

    @CheckForNull
    public String getStartPeriod() {
        return startPeriod;
    }

    @DataBoundSetter
    public void setStartPeriod(@CheckForNull String startPeriod) {
        this.startPeriod = Util.fixEmpty(startPeriod);
    }

    @Override
    public Map<String, Object> document() {
        return new DocumentBuilder()
                .list("test", test)
                .text("interval", interval)
                .text("timeout", timeout)
                .text("retries", retries)
                .text("startPeriod", startPeriod)
                .map();
    }

    @Extension
    @Symbol("appHealthcheck")
    public static final class DescriptorImpl extends RequestBeanDescriptor<AppHealthcheck> {
        @Override
        public String getDisplayName() {
            return Messages.AppHealthcheck_DisplayName();
        }

        @POST
        public FormValidation doCheckTest(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
            return FieldValidation.in(item).lines("containers[0].healthcheck.test", value);
        }

        @POST
        public FormValidation doCheckInterval(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
            return FieldValidation.in(item).text("containers[0].healthcheck.interval", value);
        }

        @POST
        public FormValidation doCheckTimeout(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
            return FieldValidation.in(item).text("containers[0].healthcheck.timeout", value);
        }

        @POST
        public FormValidation doCheckRetries(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
            return FieldValidation.in(item).text("containers[0].healthcheck.retries", value);
        }

        @POST
        public FormValidation doCheckStartPeriod(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
            return FieldValidation.in(item).text("containers[0].healthcheck.startPeriod", value);
        }
    }
}
