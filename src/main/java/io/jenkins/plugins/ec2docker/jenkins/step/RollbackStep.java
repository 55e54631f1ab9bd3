package io.jenkins.plugins.ec2docker.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.ec2docker.jenkins.form.FieldValidation;
import io.jenkins.plugins.ec2docker.jenkins.runs.RunOrder;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.RollbackTarget;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

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

        /** The good runs of the deployment, the latest first. */
        @POST
        public ComboBoxModel doFillToItems(@AncestorInPath Item item, @QueryParameter String deployment) {
            FieldValidation.in(item);
            ComboBoxModel runs = new ComboBoxModel();
            known(item).filter(each -> each.name().equals(deployment))
                    .forEach(each -> each.runs().stream().filter(RunSummary::isGood).forEach(run -> runs.add(0, run.id())));
            return runs;
        }

        @POST
        public FormValidation doCheckTo(@AncestorInPath Item item, @QueryParameter String value, @QueryParameter String deployment) {
            FieldValidation.in(item);
            Deployment known = known(item).filter(each -> each.name().equals(deployment)).findFirst().orElse(null);
            if (value == null || value.isBlank() || known == null || known.isGone()) {
                return FormValidation.ok();
            }
            try {
                RollbackTarget.target(known, value.strip());
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
