package io.jenkins.plugins.ec2docker.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunOrder;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The Pipeline step {@code destroyEc2Docker}: removes what a deployment of the job has in AWS. */
public final class DestroyStep extends DeploymentStep {
    private boolean failIfMissing;

    @DataBoundConstructor
    public DestroyStep(@CheckForNull String deployment) {
        super(deployment);
    }

    /** Whether the step fails where the job never had such a deployment; otherwise it says so and succeeds. */
    public boolean isFailIfMissing() {
        return failIfMissing;
    }

    @DataBoundSetter
    public void setFailIfMissing(boolean failIfMissing) {
        this.failIfMissing = failIfMissing;
    }

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        return new RunExecution(context, RunOrder.destroy(deployment(context), getCredentialsId()), failIfMissing);
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
