package io.jenkins.plugins.ec2docker.jenkins.step;

import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** Runs Jenkinsfiles in the sandbox. */
public final class Scripts {
    private Scripts() {}

    /** The build of a Pipeline whose script stands within {@code node}. */
    public static WorkflowRun run(JenkinsRule jenkins, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("node {\n" + script + "\n}", true));
        return job.scheduleBuild2(0).get();
    }
}
