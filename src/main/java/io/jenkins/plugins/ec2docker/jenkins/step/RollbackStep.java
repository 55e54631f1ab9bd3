package io.jenkins.plugins.ec2docker.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunOrder;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The Pipeline step {@code rollbackEc2Docker}: brings a deployment of the job back to a request that it has had before. */
public final class RollbackStep extends DeploymentStep {
    @CheckForNull
    private String to;

    @DataBoundConstructor
    public RollbackStep(@CheckForNull String deployment) {
        super(deployment);
    }

    /** A good run of its history; null for the last that was given something else than what is there now. */
    @CheckForNull
    public String getTo() {
        return to;
    }

    @DataBoundSetter
    public void setTo(@CheckForNull String to) {
        this.to = Util.fixEmptyAndTrim(to);
    }

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        return new RunExecution(context, RunOrder.rollback(deployment(context), to, getCredentialsId()), true);
    }

    @Extension
    public static final class DescriptorImpl extends Form {
        @Override
        public String getFunctionName() {
            return "rollbackEc2Docker";
        }

        @Override
        public String getDisplayName() {
            return Messages.RollbackStep_DisplayName();
        }
    }
}
