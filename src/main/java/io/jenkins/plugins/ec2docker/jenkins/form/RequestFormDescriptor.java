package io.jenkins.plugins.ec2docker.jenkins.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.session.CallerIdentity;
import io.jenkins.plugins.ec2docker.blueprint.spec.Blueprint;
import io.jenkins.plugins.ec2docker.jenkins.config.AwsCredentialsBox;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.jenkins.credentials.RoleCheck;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.users.InvalidUsersFileException;
import io.jenkins.plugins.ec2docker.request.users.UsersFile;
import io.jenkins.plugins.ec2docker.request.values.ParseResult;
import jakarta.servlet.ServletException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.POST;

/**
 * What the form of a request asks while it is filled in: suggestions, and checks by the engine's parser. The freestyle step shows the
 * same form.
 */
public abstract class RequestFormDescriptor extends StepDescriptor {
    /** How long somebody looks at a button that does nothing. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** For the form: a list as the text of its field. */
    public String text(String field, List<String> values) {
        return FormSubmission.text(field, values);
    }

    @POST
    public ComboBoxModel doFillRegionItems(@CheckForNull @AncestorInPath Item item) {
        FieldValidation.in(item);
        return Suggestions.regions();
    }

    @POST
    public ComboBoxModel doFillInstanceTypeItems(@CheckForNull @AncestorInPath Item item) {
        FieldValidation.in(item);
        return Suggestions.instanceTypes();
    }

    @POST
    public ComboBoxModel doFillMachineImageItems(@CheckForNull @AncestorInPath Item item) {
        FieldValidation.in(item);
        return new ComboBoxModel("ubuntu-22.04", "ubuntu-24.04", "al2023");
    }

    @POST
    public ComboBoxModel doFillOnFailureItems(@CheckForNull @AncestorInPath Item item) {
        FieldValidation.in(item);
        return new ComboBoxModel("destroy", "keep");
    }

    @POST
    public ComboBoxModel doFillOnImageChangeItems(@CheckForNull @AncestorInPath Item item) {
        FieldValidation.in(item);
        return new ComboBoxModel("replace", "redeploy");
    }

    @POST
    public ComboBoxModel doFillSpotItems(@CheckForNull @AncestorInPath Item item) {
        FieldValidation.in(item);
        return new ComboBoxModel("true", "false");
    }

    @POST
    public ComboBoxModel doFillPlanOnlyItems(@CheckForNull @AncestorInPath Item item) {
        FieldValidation.in(item);
        return new ComboBoxModel("true", "false");
    }

    @POST
    public ListBoxModel doFillCredentialsIdItems(@CheckForNull @AncestorInPath Item item,
            @CheckForNull @QueryParameter String credentialsId) {
        return AwsCredentialsBox.of(item, credentialsId);
    }

    @POST
    public FormValidation doCheckRegion(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
        FieldValidation check = FieldValidation.in(item);
        boolean hasDefault = SystemSettings.get().completed(Map.of()).containsKey("region");
        return hasDefault ? check.text("region", value) : check.required("region", value);
    }

    @POST
    public FormValidation doCheckInstanceType(
            @CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value,
            @CheckForNull @QueryParameter String blueprint) {
        FieldValidation check = FieldValidation.in(item);
        // Other blueprints may do without: tasks have no instances, and an environment brings a type.
        boolean optional = !Util.fixNull(blueprint).isBlank() && !blueprint.strip().equals("instance");
        return optional ? check.text("instanceType", value) : check.required("instanceType", value);
    }

    @POST
    public ComboBoxModel doFillBlueprintItems(@CheckForNull @AncestorInPath Item item) {
        FieldValidation.in(item);
        return new ComboBoxModel(Stream.of(Blueprint.values()).map(Blueprint::text).toList());
    }

    @POST
    public FormValidation doCheckSections(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value,
            @CheckForNull @QueryParameter String blueprint) {
        FieldValidation.in(item);
        return new SectionsValidation(Util.fixNull(blueprint).strip(), value).elsewhere();
    }

    /** Shows the fields of a blueprint's sections, without their values: a part of the form, in HTML. */
    @POST
    public void doShowSections(
            StaplerRequest2 request,
            StaplerResponse2 response,
            @CheckForNull @AncestorInPath Item item,
            @CheckForNull @QueryParameter String blueprint,
            @QueryParameter boolean parameters)
            throws IOException, ServletException {
        FieldValidation.in(item);
        response.setContentType("text/html;charset=UTF-8");
        request.getView(SectionsView.of(blueprint, parameters), "fields.jelly").forward(request, response);
    }

    /** Reads the text of field {@code sections} for the fields that show it, {@link SectionsValidation#json}. */
    @POST
    public void doReadSections(
            StaplerResponse2 response, @CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String blueprint,
            @CheckForNull @QueryParameter String value)
            throws IOException {
        FieldValidation.in(item);
        response.setContentType("application/json;charset=UTF-8");
        response.getWriter().print(new SectionsValidation(Util.fixNull(blueprint).strip(), value).json());
    }

    @POST
    public FormValidation doCheckName(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
        return FieldValidation.in(item).text("name", value);
    }

    @POST
    public FormValidation doCheckMachineImage(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
        return FieldValidation.in(item).text("machineImage", value);
    }

    @POST
    public FormValidation doCheckUsers(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
        return FieldValidation.in(item).text("users", value);
    }

    @POST
    public FormValidation doCheckSshPublicKey(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
        return FieldValidation.in(item).text("sshPublicKey", value);
    }

    @POST
    public FormValidation doCheckExpiresAfter(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
        return FieldValidation.in(item).text("expiresAfter", value);
    }

    @POST
    public FormValidation doCheckOnFailure(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
        return FieldValidation.in(item).text("onFailure", value);
    }

    @POST
    public FormValidation doCheckOnImageChange(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
        return FieldValidation.in(item).text("onImageChange", value);
    }

    @POST
    public FormValidation doCheckBlueprint(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
        return FieldValidation.in(item).text("blueprint", value);
    }

    @POST
    public FormValidation doCheckSpot(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
        return FieldValidation.in(item).text("spot", value);
    }

    @POST
    public FormValidation doCheckKeyName(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value,
            @CheckForNull @QueryParameter String sshPublicKey) {
        return FieldValidation.in(item).beside("sshPublicKey", sshPublicKey).text("keyName", value);
    }

    @POST
    public FormValidation doCheckRequester(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
        return FieldValidation.in(item).lines("requester", value);
    }

    @POST
    public FormValidation doCheckTags(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
        return FieldValidation.in(item).lines("tags", value);
    }

    @POST
    public FormValidation doCheckPlanOnly(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
        // Has the same rule as every field that is true or false.
        return FieldValidation.in(item).text("spot", value).kind == FormValidation.Kind.OK
                ? FormValidation.ok()
                : FormValidation.error(Messages.RequestForm_TrueOrFalse("planOnly", value));
    }

    @POST
    public FormValidation doCheckUsersText(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value,
            @CheckForNull @QueryParameter String users) {
        FieldValidation.in(item);
        if (value == null || value.isBlank() || FieldValidation.hasVariable(value)) {
            return FormValidation.ok();
        }
        if (!Util.fixNull(users).isBlank()) {
            return FormValidation.error(Messages.RequestForm_UsersTwice());
        }
        try {
            return FormValidation.ok(Messages.RequestForm_Users(
                    UsersFile.check(new ByteArrayInputStream(value.strip().getBytes(StandardCharsets.UTF_8))).rows()));
        } catch (InvalidUsersFileException | IOException problem) {
            return FormValidation.error(problem.getMessage());
        }
    }

    @POST
    public FormValidation doCheckCredentialsId(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
        FieldValidation.in(item);
        boolean needed = Util.fixNull(value).isBlank() && !SystemSettings.get().controllerCredentialsAllowed();
        return needed ? FormValidation.warning(Messages.RequestForm_CredentialsNeeded()) : FormValidation.ok();
    }

    /**
     * The button that tries the credentials and the role: asks STS from the controller, for a limited time. Not called after the field, or
     * Jenkins would ask AWS at each change of it. Works with the job's credentials, and so takes Job/Configure.
     */
    @POST
    public FormValidation doTryRole(
            @CheckForNull @AncestorInPath Item item,
            @CheckForNull @QueryParameter String region,
            @CheckForNull @QueryParameter String credentialsId,
            @QueryParameter boolean role,
            @CheckForNull @QueryParameter String arn,
            @CheckForNull @QueryParameter String externalId,
            @CheckForNull @QueryParameter String durationSeconds)
            throws InterruptedException {
        FieldValidation check = FieldValidation.in(item);
        if (item == null) {
            return FormValidation.warning(Messages.RequestForm_CheckNeedsJob());
        }
        if (!item.hasPermission(Item.CONFIGURE)) {
            return FormValidation.warning(Messages.RequestForm_CheckNeedsConfigure(item.getFullName()));
        }
        if (FieldValidation.hasVariable(region + arn + externalId + durationSeconds)) {
            return FormValidation.warning(Messages.RequestForm_CheckNeedsValues());
        }
        Map<String, Object> section = new DocumentBuilder()
                .put("arn", Util.fixNull(arn).strip())
                .text("externalId", Util.fixNull(externalId).strip())
                .text("durationSeconds", Util.fixNull(durationSeconds).strip())
                .map();
        ParseResult<ProvisionRequest> parsed = check.request(region, role ? section : null);
        if (parsed instanceof ParseResult.Valid<ProvisionRequest> valid) {
            return ask(new RoleCheck(item, Util.fixEmpty(credentialsId), valid.value().region(), valid.value().role()));
        }
        return FieldValidation.verdict(parsed.violations());
    }

    private static FormValidation ask(RoleCheck check) throws InterruptedException {
        try {
            CallerIdentity identity = check.ask(PATIENCE);
            return FormValidation.ok(Messages.RequestForm_Identity(identity.arn(), identity.account()));
        } catch (AwsException refusal) {
            return FormValidation.error(refusal.getMessage());
        }
    }
}
