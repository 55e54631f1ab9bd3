package io.jenkins.plugins.ec2docker.jenkins.step;

import hudson.Extension;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunOrder;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** The Pipeline step {@code destroyEc2Docker}: removes what a deployment of the job has in AWS. */
public final class DestroyStep extends DeploymentStep {

    @DataBoundConstructor
    public DestroyStep(String deployment) {
        super(deployment);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new RunExecution(context, RunOrder.destroy(getDeployment(), getCredentialsId()));
    }

    @Extension
    public static final class DescriptorImpl extends Form {
        @Override
        public String getFunctionName() {
            return "destroyEc2Docker";
        }

        @Override
        public String getDisplayName() {
            return Messages.DestroyStep_DisplayName();
        }
    }
}
