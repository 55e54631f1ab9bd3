package io.jenkins.plugins.ec2docker.jenkins.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.util.FormValidation;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What the form of the settings says to each field while it is filled in. */
public abstract class SettingChecks extends GlobalConfiguration {

    @POST
    public FormValidation doCheckDefaultRegion(@CheckForNull @QueryParameter String value) {
        return verdict(SettingRules.region(value));
    }

    @POST
    public FormValidation doCheckDefaultTags(@CheckForNull @QueryParameter String value) {
        return verdict(SettingRules.tags(Lines.of(value)));
    }

    @POST
    public FormValidation doCheckTerraform(@CheckForNull @QueryParameter String value) {
        return verdict(SettingRules.path(value));
    }

    @POST
    public FormValidation doCheckProviders(@CheckForNull @QueryParameter String value) {
        return verdict(SettingRules.path(value));
    }

    @POST
    public FormValidation doCheckAwsEndpoint(@CheckForNull @QueryParameter String value) {
        return verdict(SettingRules.endpoint(value));
    }

    @POST
    public FormValidation doCheckStateBackend(@CheckForNull @QueryParameter String value) {
        return verdict(SettingRules.stateBackend(value));
    }

    @POST
    public FormValidation doCheckSesRegion(@CheckForNull @QueryParameter String value) {
        return verdict(SettingRules.region(value));
    }

    @POST
    public FormValidation doCheckMaxRetries(@CheckForNull @QueryParameter String value) {
        return verdict(SettingRules.number(value, 0, SettingRules.MOST_RETRIES));
    }

    @POST
    public FormValidation doCheckConcurrentRuns(@CheckForNull @QueryParameter String value) {
        return verdict(SettingRules.number(value, 0, SettingRules.MOST_RUNS));
    }

    @POST
    public FormValidation doCheckAbortGrace(@CheckForNull @QueryParameter String value) {
        return verdict(Util.fixEmptyAndTrim(value) == null ? List.of() : SettingRules.abortGrace(value));
    }

    @POST
    public FormValidation doCheckMailRecipients(@CheckForNull @QueryParameter String value) {
        return verdict(SettingRules.addresses(Lines.of(value)));
    }

    @POST
    public FormValidation doCheckMailFrom(@CheckForNull @QueryParameter String value) {
        return verdict(SettingRules.address(value));
    }

    private static FormValidation verdict(List<String> sentences) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return Verdict.of(sentences);
    }
}
