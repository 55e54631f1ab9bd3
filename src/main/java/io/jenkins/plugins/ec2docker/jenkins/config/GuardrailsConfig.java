package io.jenkins.plugins.ec2docker.jenkins.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * The guardrails as an administrator writes them: text, in the form, in JCasC and in the file. The engine's {@code Guardrails} are read
 * from it; field names are the same as there. An empty list does not restrict.
 */
public final class GuardrailsConfig extends AbstractDescribableImpl<GuardrailsConfig> {

    static final String MAX_LIFETIME = "maxLifetime";
    static final String DEFAULT_LIFETIME = "defaultLifetime";
    static final String MAX_MONTHLY_COST = "maxMonthlyCost";
    static final String PERMISSIONS_BOUNDARY = "permissionsBoundary";

    private List<String> regions = List.of();
    private List<String> instanceTypes = List.of();
    private List<String> images = List.of();
    private List<String> roleArns = List.of();
    private List<String> ingressCidrs = List.of();
    @CheckForNull
    private String maxLifetime;
    @CheckForNull
    private String defaultLifetime;
    @CheckForNull
    private String maxMonthlyCost;
    @CheckForNull
    private String permissionsBoundary;

    @DataBoundConstructor
    public GuardrailsConfig() {
        // All are optional.
    }

    public List<String> getRegions() {
        return Lines.flatten(regions);
    }

    @DataBoundSetter
    public void setRegions(@CheckForNull List<String> regions) {
        this.regions = Lines.flatten(regions);
    }

    public List<String> getInstanceTypes() {
        return Lines.flatten(instanceTypes);
    }

    @DataBoundSetter
    public void setInstanceTypes(@CheckForNull List<String> instanceTypes) {
        this.instanceTypes = Lines.flatten(instanceTypes);
    }

    public List<String> getImages() {
        return Lines.flatten(images);
    }

    @DataBoundSetter
    public void setImages(@CheckForNull List<String> images) {
        this.images = Lines.flatten(images);
    }

    public List<String> getRoleArns() {
        return Lines.flatten(roleArns);
    }

    @DataBoundSetter
    public void setRoleArns(@CheckForNull List<String> roleArns) {
        this.roleArns = Lines.flatten(roleArns);
    }

    public List<String> getIngressCidrs() {
        return Lines.flatten(ingressCidrs);
    }

    @DataBoundSetter
    public void setIngressCidrs(@CheckForNull List<String> ingressCidrs) {
        this.ingressCidrs = Lines.flatten(ingressCidrs);
    }

    /** Such as {@code 7d}; null for none. */
    @CheckForNull
    public String getMaxLifetime() {
        return maxLifetime;
    }

    @DataBoundSetter
    public void setMaxLifetime(@CheckForNull String maxLifetime) {
        this.maxLifetime = Util.fixEmptyAndTrim(maxLifetime);
    }

    /** What a request without {@code expiresAfter} gets; null for none. */
    @CheckForNull
    public String getDefaultLifetime() {
        return defaultLifetime;
    }

    @DataBoundSetter
    public void setDefaultLifetime(@CheckForNull String defaultLifetime) {
        this.defaultLifetime = Util.fixEmptyAndTrim(defaultLifetime);
    }

    /** USD, such as {@code 99.50}; null for no limit. */
    @CheckForNull
    public String getMaxMonthlyCost() {
        return maxMonthlyCost;
    }

    @DataBoundSetter
    public void setMaxMonthlyCost(@CheckForNull String maxMonthlyCost) {
        this.maxMonthlyCost = Util.fixEmptyAndTrim(maxMonthlyCost);
    }

    /** ARN of the policy that bounds every role; null for none. */
    @CheckForNull
    public String getPermissionsBoundary() {
        return permissionsBoundary;
    }

    @DataBoundSetter
    public void setPermissionsBoundary(@CheckForNull String permissionsBoundary) {
        this.permissionsBoundary = Util.fixEmptyAndTrim(permissionsBoundary);
    }

    /** As the engine reads them; what is not set is left out. */
    Map<String, Object> toMap() {
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, "regions", getRegions());
        put(fields, "instanceTypes", getInstanceTypes());
        put(fields, "images", getImages());
        put(fields, "roleArns", getRoleArns());
        put(fields, "ingressCidrs", getIngressCidrs());
        put(fields, MAX_LIFETIME, maxLifetime);
        put(fields, DEFAULT_LIFETIME, defaultLifetime);
        put(fields, MAX_MONTHLY_COST, maxMonthlyCost);
        put(fields, PERMISSIONS_BOUNDARY, permissionsBoundary);
        return fields;
    }

    private static void put(Map<String, Object> fields, String field, @CheckForNull Object value) {
        if (value != null && !(value instanceof Collection<?> list && list.isEmpty())) {
            fields.put(field, value);
        }
    }

    /** Checks each line while it is typed. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<GuardrailsConfig> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.Guardrails_DisplayName();
        }

        /** Of a field of the form. */
        public String label(String field) {
            return SettingRules.label(field);
        }

        /** How a text area shows a list. */
        public String lines(List<String> entries) {
            return Lines.join(entries);
        }

        @POST
        public FormValidation doCheckRegions(@CheckForNull @QueryParameter String value) {
            return list("regions", value);
        }

        @POST
        public FormValidation doCheckInstanceTypes(@CheckForNull @QueryParameter String value) {
            return list("instanceTypes", value);
        }

        @POST
        public FormValidation doCheckImages(@CheckForNull @QueryParameter String value) {
            return list("images", value);
        }

        @POST
        public FormValidation doCheckRoleArns(@CheckForNull @QueryParameter String value) {
            return list("roleArns", value);
        }

        @POST
        public FormValidation doCheckIngressCidrs(@CheckForNull @QueryParameter String value) {
            return list("ingressCidrs", value);
        }

        @POST
        public FormValidation doCheckMaxLifetime(@CheckForNull @QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return Verdict.of(SettingRules.lifetime(MAX_LIFETIME, value, null));
        }

        @POST
        public FormValidation doCheckDefaultLifetime(@CheckForNull @QueryParameter String value,
                @CheckForNull @QueryParameter String maxLifetime) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return Verdict.of(SettingRules.lifetime(DEFAULT_LIFETIME, maxLifetime, value));
        }

        @POST
        public FormValidation doCheckMaxMonthlyCost(@CheckForNull @QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return Verdict.of(SettingRules.guardrail(MAX_MONTHLY_COST, value));
        }

        @POST
        public FormValidation doCheckPermissionsBoundary(@CheckForNull @QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return Verdict.of(SettingRules.guardrail(PERMISSIONS_BOUNDARY, value));
        }

        private static FormValidation list(String field, @CheckForNull String text) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return Verdict.of(SettingRules.guardrailList(field, text));
        }
    }
}
