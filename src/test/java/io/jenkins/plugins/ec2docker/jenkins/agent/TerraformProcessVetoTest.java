package io.jenkins.plugins.ec2docker.jenkins.agent;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.Launcher;
import hudson.Proc;
import hudson.model.Node;
import hudson.model.TaskListener;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Jenkins kills what a build has started when the build ends; by an environment variable that children inherit. */
@WithJenkins
class TerraformProcessVetoTest {

    private static final Map<String, String> OF_A_BUILD = Map.of("OF_BUILD", "17");

    @Test
    void spares_what_works_for_a_run_on_the_controller_and_on_agents(JenkinsRule jenkins) throws Exception {
        for (Node node : new Node[] {jenkins.jenkins, jenkins.createOnlineSlave()}) {
            Launcher launcher = node.createLauncher(TaskListener.NULL);
            // Ends by itself: killing it is what cannot be done here.
            Proc ours = launcher.launch().cmds("sleep", "40").envs("OF_BUILD=17", "EC2_DOCKER_RUN=20261121-052754-6f0eb60d").start();
            Proc other = launcher.launch().cmds("sleep", "40").envs("OF_BUILD=17").start();

            launcher.kill(OF_A_BUILD);

            assertThat(other.joinWithTimeout(20, TimeUnit.SECONDS, TaskListener.NULL)).as("%s", node).isNotZero();
            assertThat(ours.isAlive()).as("%s", node).isTrue();
        }
    }
}
