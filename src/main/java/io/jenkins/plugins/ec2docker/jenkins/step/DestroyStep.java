package io.jenkins.plugins.ec2docker.jenkins.step;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.ec2docker.jenkins.run.RunOrder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The Pipeline step {@code destroyEc2Docker}: removes what a deployment of the job has in AWS. */
public final class DestroyStep extends Step {
    private final String deployment;
    private String credentialsId;

    /** @param deployment its name; a Jenkinsfile may give what {@code provisionEc2Docker} returned as well */
    @DataBoundConstructor
    public DestroyStep(String deployment) {
        this.deployment = Util.fixEmptyAndTrim(deployment);
    }

    public String getDeployment() {
        return deployment;
    }

    /** Null for the credentials with which it was made. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmpty(credentialsId);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new RunExecution(context, RunOrder.destroy(deployment, credentialsId));
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "destroyEc2Docker";
        }

        @Override
        public String getDisplayName() {
            return Messages.DestroyStep_DisplayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, FilePath.class, Launcher.class, EnvVars.class, TaskListener.class);
        }

        /** Takes the deployment as its name, as {@code name}, or as the map that {@code provisionEc2Docker} returned. */
        @Override
        @SuppressWarnings("deprecation")
        public Step newInstance(Map<String, Object> arguments) throws AbortException {
            NamedDeployment named = NamedDeployment.of(arguments, getFunctionName(), List.of("credentialsId"));
            DestroyStep step = new DestroyStep(named.name());
            step.setCredentialsId(named.others().get("credentialsId"));
            return step;
        }

        @Override
        public Step newInstance(StaplerRequest2 request, JSONObject form) {
            return DescribableModel.of(DestroyStep.class).instantiate(FormDocument.read(DestroyStep.class, form), null);
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return AwsCredentialsBox.of(item, credentialsId);
        }

        @POST
        public FormValidation doCheckDeployment(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.in(item).required("name", value);
        }
    }
}
