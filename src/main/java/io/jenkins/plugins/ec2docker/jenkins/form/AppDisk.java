package io.jenkins.plugins.ec2docker.jenkins.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.RelativePath;
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

/** The root volume of a request's instance. */
public final class AppDisk extends RequestBean<AppDisk> {
    private static final long serialVersionUID = 1L;

    @CheckForNull
    private String sizeGiB;
    @CheckForNull
    private String kmsKeyId;

    @DataBoundConstructor
    public AppDisk() {}

    @CheckForNull
    public String getSizeGiB() {
        return sizeGiB;
    }

    @DataBoundSetter
    public void setSizeGiB(@CheckForNull String sizeGiB) {
        this.sizeGiB = Util.fixEmpty(sizeGiB);
    }

    @CheckForNull
    public String getKmsKeyId() {
        return kmsKeyId;
    }

    @DataBoundSetter
    public void setKmsKeyId(@CheckForNull String kmsKeyId) {
        this.kmsKeyId = Util.fixEmpty(kmsKeyId);
    }

    @Override
    public Map<String, Object> document() {
        return new DocumentBuilder()
                .text("sizeGiB", sizeGiB)
                .text("kmsKeyId", kmsKeyId)
                .map();
    }

    @Extension
    @Symbol("appDisk")
    public static final class DescriptorImpl extends RequestBeanDescriptor<AppDisk> {
        @Override
        public String getDisplayName() {
            return Messages.AppDisk_DisplayName();
        }

        @POST
        public FormValidation doCheckSizeGiB(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
            return FieldValidation.in(item).text("disk.sizeGiB", value);
        }

        @POST
        public FormValidation doCheckKmsKeyId(
                @CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value,
                @CheckForNull @QueryParameter @RelativePath("..") String region) {
            return FieldValidation.in(item).beside("region", region).text("disk.kmsKeyId", value);
        }
    }
}
