package io.jenkins.plugins.ec2docker.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Items;
import hudson.model.Run;
import io.jenkins.plugins.ec2docker.jenkins.builder.ProvisionBuilder;
import io.jenkins.plugins.ec2docker.jenkins.pages.run.RunBuildAction;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Files that have class names of before the classes moved. */
@OneJenkins
class PersistedNamesTest {
    private static final String ROOT = "io.jenkins.plugins.ec2docker.jenkins.";

    private static JenkinsRule jenkins;

    @BeforeAll
    static void one_jenkins_for_all(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void a_stored_job_keeps_its_request() throws Exception {
        String container = ROOT + "step.AppContainer";
        String xml = "<project><builders><" + ROOT
                + "builder.ProvisionBuilder><region>eu-central-1</region><instanceType>t3.small</instanceType>"
                + "<containers><" + container + "><image>nginx:1.27</image></" + container + "></containers>"
                + "<disk class=\"" + ROOT + "step.AppDisk\"><sizeGiB>30</sizeGiB></disk></" + ROOT
                + "builder.ProvisionBuilder></builders></project>";

        FreeStyleProject job = (FreeStyleProject) jenkins.jenkins.createProjectFromXML(
                "old", new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));

        ProvisionBuilder builder = job.getBuildersList().get(ProvisionBuilder.class);
        assertThat(builder.getContainers()).extracting(each -> each.getImage()).containsExactly("nginx:1.27");
        assertThat(builder.getDisk().getSizeGiB()).isEqualTo("30");
        assertThat(Items.XSTREAM2.toXML(builder)).contains(ROOT + "form.AppContainer").doesNotContain(container);
    }

    @Test
    void a_stored_build_keeps_its_run() {
        String action = ROOT + "action.ProvisionAction";

        Object read = Run.XSTREAM2.fromXML("<" + action + "><number>1</number><facts class=\"" + ROOT + "action.RunFacts\">"
                + "<deployment>web</deployment></facts></" + action + ">");

        assertThat(read).isInstanceOfSatisfying(RunBuildAction.class, each -> assertThat(each.getDisplayName()).contains("web"));
    }
}
