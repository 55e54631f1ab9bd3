package io.jenkins.plugins.ec2docker.jenkins.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.jenkins.step.DestroyStep;
import io.jenkins.plugins.ec2docker.jenkins.step.ProvisionStep;
import io.jenkins.plugins.ec2docker.jenkins.step.RollbackStep;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Every field of every form explains itself. */
@WithJenkins
class HelpTest {
    private static JenkinsRule jenkins;

    @BeforeAll
    static void one_jenkins_for_all(JenkinsRule rule) {
        jenkins = rule;
    }

    @ParameterizedTest
    @ValueSource(
            classes = {ProvisionStep.class, DestroyStep.class, RollbackStep.class, AppContainer.class, AppHealthcheck.class, AppRole.class,
                AppNetwork.class, AppDisk.class, AppHealth.class, AppSchedule.class})
    void every_field_has_help(Class<?> type) throws Exception {
        for (DescribableParameter parameter : DescribableModel.of(type).getParameters()) {
            assertThat(parameter.getHelp()).as(type.getSimpleName() + "." + parameter.getName()).contains("<div>");
        }
    }
}
