package io.jenkins.plugins.ec2docker.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.ec2docker.jenkins.config.AwsCredentialsBox;
import io.jenkins.plugins.ec2docker.jenkins.form.FieldValidation;
import io.jenkins.plugins.ec2docker.jenkins.form.FormSubmission;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * A Pipeline step on a deployment that the job has already.
 *
 * <p>The deployment is a parameter of the constructor, by which a script may give it without its name, and has a setter as well, by which
 * Jenkins takes it for optional: a Declarative Pipeline is refused where a required parameter is missing.
 */
public abstract class DeploymentStep extends Step {
    private static final Logger LOGGER = Logger.getLogger(DeploymentStep.class.getName());

    @CheckForNull
    private String deployment;
    @CheckForNull
    private String credentialsId;

    /** @param deployment its name, null for the job's; a Jenkinsfile may give what {@code provisionEc2Docker} returned as well */
    DeploymentStep(@CheckForNull String deployment) {
        setDeployment(deployment);
    }

    /** Null for the name that {@code provisionEc2Docker} takes from the job. */
    @CheckForNull
    public final String getDeployment() {
        return deployment;
    }

    @DataBoundSetter
    public final void setDeployment(@CheckForNull String deployment) {
        this.deployment = Util.fixEmptyAndTrim(deployment);
    }

    /** Always null: what was given as name is the deployment. */
    @CheckForNull
    public final String getName() {
        return null;
    }

    /** The parameter of {@code provisionEc2Docker} by its name there; there for Declarative Pipelines, which ask the class for it. */
    @DataBoundSetter
    public final void setName(@CheckForNull String name) {
        setDeployment(name);
    }

    final String deployment(StepContext context) throws IOException, InterruptedException {
        return deployment != null ? deployment : DefaultDeploymentName.of(context.get(Run.class));
    }

    /** Null for the credentials with which it was made. */
    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmpty(credentialsId);
    }

    /** The arguments as a Jenkinsfile or a form has them, and the fields that all such steps have. */
    public abstract static class Form extends StepDescriptor {

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return RunExecution.CONTEXT;
        }

        /** Takes the deployment as its name, as {@code name}, or as the map that {@code provisionEc2Docker} returned. */
        @Override
        @SuppressWarnings("deprecation")
        public Step newInstance(Map<String, Object> arguments) throws AbortException {
            return DescribableModel.of(clazz).instantiate(DeploymentArgument.arguments(arguments, getFunctionName(), clazz), null);
        }

        @Override
        public Step newInstance(@CheckForNull StaplerRequest2 request, JSONObject form) {
            return DescribableModel.of(clazz).instantiate(FormSubmission.read(clazz, form), null);
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@CheckForNull @AncestorInPath Item item,
                @CheckForNull @QueryParameter String credentialsId) {
            return AwsCredentialsBox.of(item, credentialsId);
        }

        /** The deployments of the job that have something in AWS. */
        @POST
        public ComboBoxModel doFillDeploymentItems(@AncestorInPath Item item) {
            FieldValidation.in(item);
            ComboBoxModel names = new ComboBoxModel();
            known(item).filter(each -> !each.isGone()).map(Deployment::name).forEach(names::add);
            return names;
        }

        /** What the job has; nothing where that cannot be read. */
        static Stream<Deployment> known(Item item) {
            try {
                return item == null ? Stream.empty() : JobDeployments.of(item).list().stream();
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "The deployments of " + item + " could not be read");
                return Stream.empty();
            }
        }

        @POST
        public FormValidation doCheckDeployment(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldValidation.in(item).text("name", value);
        }
    }
}
