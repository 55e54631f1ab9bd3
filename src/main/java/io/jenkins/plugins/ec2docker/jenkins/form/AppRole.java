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

/** The IAM role that is assumed for a request. */
public final class AppRole extends RequestBean<AppRole> {
    private static final long serialVersionUID = 1L;

    @CheckForNull
    private final String arn;
    @CheckForNull
    private String externalId;
    @CheckForNull
    private String durationSeconds;

    @DataBoundConstructor
    public AppRole(@CheckForNull String arn) {
        this.arn = Util.fixEmptyAndTrim(arn);
    }

    @CheckForNull
    public String getArn() {
        return arn;
    }

    @CheckForNull
    public String getExternalId() {
        return externalId;
    }

    @DataBoundSetter
    public void setExternalId(@CheckForNull String externalId) {
        this.externalId = Util.fixEmpty(externalId);
    }

    /** Digits, or in a freestyle job a parameter. */
    @CheckForNull
    public String getDurationSeconds() {
        return durationSeconds;
    }

    @DataBoundSetter
    public void setDurationSeconds(@CheckForNull String durationSeconds) {
        this.durationSeconds = Util.fixEmpty(durationSeconds);
    }

    @Override
    public Map<String, Object> document() {
        return new DocumentBuilder()
                .text("arn", arn)
                .text("externalId", externalId)
                .text("durationSeconds", durationSeconds)
                .map();
    }

    @Extension
    @Symbol("appRole")
    public static final class DescriptorImpl extends RequestBeanDescriptor<AppRole> {
        @Override
        public String getDisplayName() {
            return Messages.AppRole_DisplayName();
        }

        @POST
        public FormValidation doCheckArn(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
            return FieldValidation.in(item).text("role.arn", value);
        }

        @POST
        public FormValidation doCheckExternalId(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
            return FieldValidation.in(item).text("role.externalId", value);
        }

        @POST
        public FormValidation doCheckDurationSeconds(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
            return FieldValidation.in(item).text("role.durationSeconds", value);
        }
    }
}
