package io.jenkins.plugins.ec2docker.jenkins.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.PersistentDescriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.ec2docker.jenkins.controller.UpkeepSettings;
import io.jenkins.plugins.ec2docker.request.values.DurationFormat;
import io.jenkins.plugins.ec2docker.run.store.Retention;
import java.time.Duration;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * What is done by itself for deployments whose builds are long over: the section <i>EC2 Docker: upkeep</i> of <i>Manage Jenkins → System</i>, and
 * {@code unclassified: ec2DockerUpkeep:} of JCasC. No setter takes a value that breaks a rule.
 */
@Extension
@Symbol("ec2DockerUpkeep")
public final class UpkeepConfiguration extends GlobalConfiguration implements PersistentDescriptor, UpkeepSettings {

    static final String DEFAULT_SWEEP_GRACE = "24h";

    static final String DEFAULT_REMIND_BEFORE = "24h, 1h";

    @CheckForNull
    private String remindBefore = DEFAULT_REMIND_BEFORE;
    @CheckForNull
    private String expiryLabel;
    @CheckForNull
    private String driftSchedule;
    @CheckForNull
    private String sweepSchedule;
    private String sweepGrace = DEFAULT_SWEEP_GRACE;
    private int keepRuns = Retention.STANDARD.runs();
    private int keepDays = Retention.STANDARD.days();
    /** Null for false, so that a file of before is what it would be written as. */
    @CheckForNull
    private Boolean pauseUnattendedWork;

    public static UpkeepConfiguration get() {
        return ExtensionList.lookupSingleton(UpkeepConfiguration.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.Upkeep_DisplayName();
    }

    /** Of a field of the form. */
    public String label(String field) {
        return SettingRules.label(field);
    }

    /** All or nothing: what is sent is tried on a draft first. */
    @Override
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        try {
            SettingRules.insistOnNumber(json, "keepRuns", 0, SettingRules.MOST_KEPT_RUNS);
            SettingRules.insistOnNumber(json, "keepDays", 0, SettingRules.MOST_KEPT_DAYS);
            req.bindJSON(new UpkeepConfiguration(), json);
        } catch (RuntimeException e) {
            throw InvalidSettingException.refused(e);
        }
        req.bindJSON(this, json);
        save();
        return true;
    }

    /** Durations with commas between them; empty for never. */
    public String getRemindBefore() {
        return remindBefore == null || !ScheduleRules.durations(remindBefore).isEmpty() ? "" : remindBefore;
    }

    @DataBoundSetter
    public void setRemindBefore(@CheckForNull String remindBefore) {
        SettingRules.insist("remindBefore", ScheduleRules.durations(remindBefore));
        this.remindBefore = remindBefore == null ? "" : remindBefore.strip();
    }

    @Override
    public List<Duration> remindBefore() {
        return ScheduleRules.split(getRemindBefore()).stream().map(each -> DurationFormat.parse(each).orElseThrow()).toList();
    }

    @CheckForNull
    public String getExpiryLabel() {
        return expiryLabel;
    }

    @DataBoundSetter
    public void setExpiryLabel(@CheckForNull String expiryLabel) {
        SettingRules.insist("expiryLabel", ScheduleRules.label(expiryLabel));
        this.expiryLabel = Util.fixEmptyAndTrim(expiryLabel);
    }

    @Override
    @CheckForNull
    public String expiryLabel() {
        return expiryLabel;
    }

    @CheckForNull
    public String getDriftSchedule() {
        return driftSchedule;
    }

    @DataBoundSetter
    public void setDriftSchedule(@CheckForNull String driftSchedule) {
        SettingRules.insist("driftSchedule", ScheduleRules.cron(driftSchedule));
        this.driftSchedule = Util.fixEmptyAndTrim(driftSchedule);
    }

    @Override
    @CheckForNull
    public String driftSchedule() {
        return driftSchedule;
    }

    @CheckForNull
    public String getSweepSchedule() {
        return sweepSchedule;
    }

    @DataBoundSetter
    public void setSweepSchedule(@CheckForNull String sweepSchedule) {
        SettingRules.insist("sweepSchedule", ScheduleRules.cron(sweepSchedule));
        this.sweepSchedule = Util.fixEmptyAndTrim(sweepSchedule);
    }

    @Override
    @CheckForNull
    public String sweepSchedule() {
        return sweepSchedule;
    }

    public String getSweepGrace() {
        return ScheduleRules.grace(sweepGrace).isEmpty() ? sweepGrace : DEFAULT_SWEEP_GRACE;
    }

    @DataBoundSetter
    public void setSweepGrace(@CheckForNull String sweepGrace) {
        String wanted = Util.fixEmptyAndTrim(sweepGrace) == null ? DEFAULT_SWEEP_GRACE : sweepGrace.strip();
        SettingRules.insist("sweepGrace", ScheduleRules.grace(wanted));
        this.sweepGrace = wanted;
    }

    @Override
    public Duration sweepGrace() {
        return DurationFormat.parse(getSweepGrace()).orElseThrow();
    }

    /** 0 for no limit. */
    public int getKeepRuns() {
        return Math.max(0, Math.min(keepRuns, SettingRules.MOST_KEPT_RUNS));
    }

    @DataBoundSetter
    public void setKeepRuns(int keepRuns) {
        SettingRules.insist("keepRuns", SettingRules.number(String.valueOf(keepRuns), 0, SettingRules.MOST_KEPT_RUNS));
        this.keepRuns = keepRuns;
    }

    /** 0 for no limit. */
    public int getKeepDays() {
        return Math.max(0, Math.min(keepDays, SettingRules.MOST_KEPT_DAYS));
    }

    @DataBoundSetter
    public void setKeepDays(int keepDays) {
        SettingRules.insist("keepDays", SettingRules.number(String.valueOf(keepDays), 0, SettingRules.MOST_KEPT_DAYS));
        this.keepDays = keepDays;
    }

    @Override
    public Retention history() {
        return new Retention(getKeepRuns(), getKeepDays());
    }

    @POST
    public FormValidation doCheckKeepRuns(@CheckForNull @QueryParameter String value) {
        return verdict(SettingRules.number(value, 0, SettingRules.MOST_KEPT_RUNS));
    }

    @POST
    public FormValidation doCheckKeepDays(@CheckForNull @QueryParameter String value) {
        return verdict(SettingRules.number(value, 0, SettingRules.MOST_KEPT_DAYS));
    }

    public boolean isPauseUnattendedWork() {
        return Boolean.TRUE.equals(pauseUnattendedWork);
    }

    @DataBoundSetter
    public void setPauseUnattendedWork(boolean pauseUnattendedWork) {
        this.pauseUnattendedWork = pauseUnattendedWork ? true : null;
    }

    @Override
    public boolean pauseUnattendedWork() {
        return isPauseUnattendedWork();
    }

    @POST
    public FormValidation doCheckSweepSchedule(@CheckForNull @QueryParameter String value) {
        return verdict(ScheduleRules.cron(value));
    }

    @POST
    public FormValidation doCheckSweepGrace(@CheckForNull @QueryParameter String value) {
        return verdict(Util.fixEmptyAndTrim(value) == null ? List.of() : ScheduleRules.grace(value));
    }

    @POST
    public FormValidation doCheckRemindBefore(@CheckForNull @QueryParameter String value) {
        return verdict(ScheduleRules.durations(value));
    }

    @POST
    public FormValidation doCheckExpiryLabel(@CheckForNull @QueryParameter String value) {
        return verdict(ScheduleRules.label(value));
    }

    @POST
    public FormValidation doCheckDriftSchedule(@CheckForNull @QueryParameter String value) {
        return verdict(ScheduleRules.cron(value));
    }

    private static FormValidation verdict(List<String> sentences) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return Verdict.of(sentences);
    }
}
