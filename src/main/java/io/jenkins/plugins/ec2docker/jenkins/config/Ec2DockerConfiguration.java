package io.jenkins.plugins.ec2docker.jenkins.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.XmlFile;
import hudson.model.PersistentDescriptor;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.request.values.ParseResult;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * The plugin's section of <i>Manage Jenkins → System</i>, and {@code unclassified: ec2Docker:} of JCasC.
 *
 * <p>No setter takes a value that breaks a rule, so that neither form nor JCasC can store one. A file can still hold one, if it was
 * edited by hand or written by another version, or be unreadable: Jenkins then starts as usual, and {@link #problems} says why no run
 * is allowed until it is mended. A guardrail that cannot be read is never taken for none.
 */
@Extension
@Symbol("ec2Docker")
public final class Ec2DockerConfiguration extends SettingChecks implements PersistentDescriptor {

    private static final Logger LOGGER = Logger.getLogger(Ec2DockerConfiguration.class.getName());

    /** Allows nothing: a region that AWS does not have. */
    private static final Guardrails CLOSED = Guardrails.builder().regions(List.of("zz-nowhere-1")).build();

    @CheckForNull
    private GuardrailsConfig guardrails = new GuardrailsConfig();
    @CheckForNull
    private String defaultRegion;
    private List<String> defaultTags = List.of();
    @CheckForNull
    private String terraform;
    @CheckForNull
    private String providers;
    @CheckForNull
    private String awsEndpoint;
    @CheckForNull
    private String stateBackend;
    private int maxRetries = RunSettings.DEFAULT_MAX_RETRIES;
    private boolean controllerCredentials;
    private boolean pinImages = true;
    private int concurrentRuns;
    private String abortGrace = RunSystemSettings.DEFAULT_ABORT_GRACE;
    @CheckForNull
    private MailWhen mailWhen = MailWhen.ALWAYS;
    private List<String> mailRecipients = List.of();
    @CheckForNull
    private String mailFrom;
    @CheckForNull
    private String sesRegion;
    @CheckForNull
    private String sesCredentialsId;

    @CheckForNull
    private transient volatile ParseResult<Guardrails> read;
    @CheckForNull
    private transient volatile String unreadable;

    public static Ec2DockerConfiguration get() {
        return ExtensionList.lookupSingleton(Ec2DockerConfiguration.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.Configuration_DisplayName();
    }

    /** A file that cannot be read leaves the defaults, and a problem that says so. */
    @Override
    public synchronized void load() {
        XmlFile file = getConfigFile();
        unreadable = null;
        read = null;
        if (file.exists()) {
            try {
                file.unmarshal(this);
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.WARNING, "Failed to load " + file, e);
                unreadable = Messages.Configuration_Unreadable(file.getFile().getName());
            }
        }
    }

    @Override
    public synchronized void save() {
        super.save();
        unreadable = null;
    }

    /** All or nothing: what is sent is tried on a draft first. */
    @Override
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        try {
            SettingRules.insistOnNumber(json, "maxRetries", 0, SettingRules.MOST_RETRIES);
            SettingRules.insistOnNumber(json, "concurrentRuns", 0, SettingRules.MOST_RUNS);
            req.bindJSON(new Ec2DockerConfiguration(), json);
        } catch (RuntimeException e) {
            throw InvalidSettingException.refused(e);
        }
        req.bindJSON(this, json);
        save();
        return true;
    }

    /** Why no run is allowed at present, each a sentence; usually empty. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (unreadable != null) {
            problems.add(unreadable);
        }
        problems.addAll(SettingRules.guardrails(getGuardrails().toMap()));
        problems.addAll(SettingRules.endpoint(awsEndpoint));
        problems.addAll(SettingRules.stateBackend(stateBackend));
        return problems;
    }

    /** As the engine checks against them; nothing is allowed while there are {@link #problems}. */
    public Guardrails engineGuardrails() {
        ParseResult<Guardrails> parsed = read;
        if (parsed == null) {
            parsed = Guardrails.read(getGuardrails().toMap());
            read = parsed;
        }
        return unreadable == null && parsed instanceof ParseResult.Valid<Guardrails> valid ? valid.value() : CLOSED;
    }

    public GuardrailsConfig getGuardrails() {
        return guardrails == null ? new GuardrailsConfig() : guardrails;
    }

    @DataBoundSetter
    public void setGuardrails(@CheckForNull GuardrailsConfig guardrails) {
        GuardrailsConfig wanted = guardrails == null ? new GuardrailsConfig() : guardrails;
        SettingRules.insistOnGuardrails(wanted.toMap());
        this.guardrails = wanted;
        read = null;
    }

    @CheckForNull
    public String getDefaultRegion() {
        return defaultRegion;
    }

    @DataBoundSetter
    public void setDefaultRegion(@CheckForNull String defaultRegion) {
        SettingRules.insist("defaultRegion", SettingRules.region(defaultRegion));
        this.defaultRegion = Util.fixEmptyAndTrim(defaultRegion);
    }

    public List<String> getDefaultTags() {
        return Lines.flatten(defaultTags);
    }

    @DataBoundSetter
    public void setDefaultTags(@CheckForNull List<String> defaultTags) {
        SettingRules.insist("defaultTags", SettingRules.tags(Lines.of(Lines.join(defaultTags))));
        this.defaultTags = Lines.flatten(defaultTags);
    }

    /** Key and value of each default tag, in order; lines that are none are left out. */
    Map<String, String> defaultTagMap() {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String line : getDefaultTags()) {
            int at = line.indexOf('=');
            if (at > 0) {
                tags.put(line.substring(0, at).strip(), line.substring(at + 1).strip());
            }
        }
        return tags;
    }

    @CheckForNull
    public String getTerraform() {
        return terraform;
    }

    @DataBoundSetter
    public void setTerraform(@CheckForNull String terraform) {
        SettingRules.insist("terraform", SettingRules.path(terraform));
        this.terraform = Util.fixEmptyAndTrim(terraform);
    }

    @CheckForNull
    public String getProviders() {
        return providers;
    }

    @DataBoundSetter
    public void setProviders(@CheckForNull String providers) {
        SettingRules.insist("providers", SettingRules.path(providers));
        this.providers = Util.fixEmptyAndTrim(providers);
    }

    @CheckForNull
    public String getAwsEndpoint() {
        return awsEndpoint;
    }

    @DataBoundSetter
    public void setAwsEndpoint(@CheckForNull String awsEndpoint) {
        SettingRules.insist("awsEndpoint", SettingRules.endpoint(awsEndpoint));
        this.awsEndpoint = Util.fixEmptyAndTrim(awsEndpoint);
    }

    @CheckForNull
    public String getStateBackend() {
        return stateBackend;
    }

    @DataBoundSetter
    public void setStateBackend(@CheckForNull String stateBackend) {
        SettingRules.insist("stateBackend", SettingRules.stateBackend(stateBackend));
        this.stateBackend = Util.fixEmptyAndTrim(stateBackend);
    }

    public int getMaxRetries() {
        return Math.max(0, Math.min(maxRetries, SettingRules.MOST_RETRIES));
    }

    @DataBoundSetter
    public void setMaxRetries(int maxRetries) {
        SettingRules.insist("maxRetries", SettingRules.number(String.valueOf(maxRetries), 0, SettingRules.MOST_RETRIES));
        this.maxRetries = maxRetries;
    }

    public boolean isControllerCredentials() {
        return controllerCredentials;
    }

    @DataBoundSetter
    public void setControllerCredentials(boolean controllerCredentials) {
        this.controllerCredentials = controllerCredentials;
    }

    /** Whether registries are asked what the tags of images stand for. */
    public boolean isPinImages() {
        return pinImages;
    }

    @DataBoundSetter
    public void setPinImages(boolean pinImages) {
        this.pinImages = pinImages;
    }

    public int getConcurrentRuns() {
        return Math.max(0, Math.min(concurrentRuns, SettingRules.MOST_RUNS));
    }

    @DataBoundSetter
    public void setConcurrentRuns(int concurrentRuns) {
        SettingRules.insist("concurrentRuns", SettingRules.number(String.valueOf(concurrentRuns), 0, SettingRules.MOST_RUNS));
        this.concurrentRuns = concurrentRuns;
    }

    public String getAbortGrace() {
        return SettingRules.abortGrace(abortGrace).isEmpty() ? abortGrace : RunSystemSettings.DEFAULT_ABORT_GRACE;
    }

    @DataBoundSetter
    public void setAbortGrace(@CheckForNull String abortGrace) {
        String wanted = Util.fixEmptyAndTrim(abortGrace) == null ? RunSystemSettings.DEFAULT_ABORT_GRACE : abortGrace.strip();
        SettingRules.insist("abortGrace", SettingRules.abortGrace(wanted));
        this.abortGrace = wanted;
    }

    public MailWhen getMailWhen() {
        return mailWhen == null ? MailWhen.ALWAYS : mailWhen;
    }

    @DataBoundSetter
    public void setMailWhen(@CheckForNull MailWhen mailWhen) {
        this.mailWhen = mailWhen;
    }

    /** Who is told of all runs, besides those who asked for them. */
    public List<String> getMailRecipients() {
        return Lines.flatten(mailRecipients);
    }

    @DataBoundSetter
    public void setMailRecipients(@CheckForNull List<String> mailRecipients) {
        SettingRules.insist("mailRecipients", SettingRules.addresses(Lines.of(Lines.join(mailRecipients))));
        this.mailRecipients = Lines.flatten(mailRecipients);
    }

    /** Sender's address; null for that of Jenkins' administrator. */
    @CheckForNull
    public String getMailFrom() {
        return mailFrom;
    }

    @DataBoundSetter
    public void setMailFrom(@CheckForNull String mailFrom) {
        SettingRules.insist("mailFrom", SettingRules.address(mailFrom));
        this.mailFrom = Util.fixEmptyAndTrim(mailFrom);
    }

    /** Of a field of the form. */
    public String label(String field) {
        return SettingRules.label(field);
    }

    /** How a text area shows a list. */
    public String lines(List<String> entries) {
        return Lines.join(entries);
    }

    /** Region of Amazon SES by which mails are sent; null for the Mailer plugin's server. */
    @CheckForNull
    public String getSesRegion() {
        return sesRegion;
    }

    @DataBoundSetter
    public void setSesRegion(@CheckForNull String sesRegion) {
        SettingRules.insist("sesRegion", SettingRules.region(sesRegion));
        this.sesRegion = Util.fixEmptyAndTrim(sesRegion);
    }

    /** AWS credentials of the global store for SES; null for what the controller's environment gives. */
    @CheckForNull
    public String getSesCredentialsId() {
        return sesCredentialsId;
    }

    @DataBoundSetter
    public void setSesCredentialsId(@CheckForNull String sesCredentialsId) {
        this.sesCredentialsId = Util.fixEmptyAndTrim(sesCredentialsId);
    }

    @POST
    public ListBoxModel doFillSesCredentialsIdItems(@CheckForNull @QueryParameter String sesCredentialsId) {
        return AwsCredentialsBox.of(null, sesCredentialsId);
    }

    @POST
    public ListBoxModel doFillMailWhenItems() {
        Jenkins.get().checkPermission(Jenkins.SYSTEM_READ);
        ListBoxModel items = new ListBoxModel();
        for (MailWhen when : MailWhen.values()) {
            items.add(when.text(), when.name());
        }
        return items;
    }
}
