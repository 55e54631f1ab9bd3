package io.jenkins.plugins.ec2docker.jenkins.step;

import hudson.AbortException;
import hudson.model.InvisibleAction;
import java.io.IOException;
import java.util.List;
import org.jenkinsci.plugins.workflow.actions.ThreadNameAction;
import org.jenkinsci.plugins.workflow.graph.BlockStartNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Marks a {@code parallel} with the branch in which a request names no deployment, so that it gets the job's name. In two branches that would be
 * one deployment, which they would make, one after the other, into what only the last of them asks for. The mark is on the {@code parallel}
 * because Pipeline cannot find the steps of a branch that has ended before the others have.
 */
final class UnnamedDeployment extends InvisibleAction {

    /** Id of the branch's node. */
    private final String branch;
    private final String branchName;

    private UnnamedDeployment(String branch, String branchName) {
        this.branch = branch;
        this.branchName = branchName;
    }

    /** @throws AbortException where another branch has such a request */
    static void mark(StepContext context, String deployment) throws IOException, InterruptedException {
        // From the inside out; a branch stands directly within its parallel.
        List<? extends BlockStartNode> blocks = context.get(FlowNode.class).getEnclosingBlocks();
        for (int i = 0; i + 1 < blocks.size(); i++) {
            FlowNode block = blocks.get(i);
            ThreadNameAction here = block.getAction(ThreadNameAction.class);
            if (here != null) {
                FlowNode parallel = blocks.get(i + 1);
                UnnamedDeployment earlier = parallel.getAction(UnnamedDeployment.class);
                if (earlier == null) {
                    parallel.addAction(new UnnamedDeployment(block.getId(), here.getThreadName()));
                } else if (!earlier.branch.equals(block.getId())) {
                    throw new AbortException(Messages.UnnamedDeployment_Twice(earlier.branchName, deployment));
                }
            }
        }
    }
}
