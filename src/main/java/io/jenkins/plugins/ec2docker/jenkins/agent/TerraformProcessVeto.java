package io.jenkins.plugins.ec2docker.jenkins.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.util.ProcessKillingVeto;
import hudson.util.ProcessTreeRemoting.IOSProcess;
import io.jenkins.plugins.ec2docker.terraform.command.TerraformEnvironment;

/**
 * Keeps Jenkins from killing Terraform and its providers when a build ends or is aborted. Jenkins signals children first; a provider that
 * dies so leaves a resource that no state knows.
 *
 * <p>What it spares is spared until the run itself is over: it alone interrupts Terraform, and only Terraform. An extension, so that it is
 * there when {@code ProcessTree} looks, once, whether there is any.
 */
@Extension
public final class TerraformProcessVeto extends ProcessKillingVeto {

    private static final VetoCause CAUSE = new VetoCause("it works for a run of EC2 Docker, which stops it in order");

    @Override
    @CheckForNull
    public VetoCause vetoProcessKilling(IOSProcess process) {
        return isMarked(process) ? CAUSE : null;
    }

    private static boolean isMarked(IOSProcess process) {
        try {
            return process.getEnvironmentVariables().get(TerraformEnvironment.MARKER) != null;
        } catch (RuntimeException e) {
            // Not readable, as another user's process is; then Jenkins may not kill it either.
            return false;
        }
    }
}
