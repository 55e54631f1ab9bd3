package io.jenkins.plugins.ec2docker.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.GlobalMatrixAuthorizationStrategy;
import hudson.security.Permission;
import io.jenkins.plugins.ec2docker.jenkins.OneJenkins;
import io.jenkins.plugins.ec2docker.jenkins.SharedJenkins;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.matrixauth.PermissionEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

@OneJenkins
class Ec2DockerPermissionsTest {

    private static JenkinsRule jenkins;

    @BeforeAll
    static void one_jenkins_for_all(JenkinsRule rule) {
        jenkins = rule;
    }

    @AfterEach
    void empty_for_the_next() throws Exception {
        SharedJenkins.empty();
    }

    @Test
    void builders_may_provision_and_configurers_may_destroy_and_both_can_be_granted_alone() throws Throwable {
        FreeStyleProject job = withUsers();
        assertThat(may("reader", Purpose.PROVISION, job)).isFalse();
        assertThat(may("builder", Purpose.PROVISION, job)).isTrue();
        assertThat(may("builder", Purpose.PLAN, job)).isTrue();
        assertThat(may("builder", Purpose.DESTROY, job)).isFalse();
        assertThat(may("configurer", Purpose.DESTROY, job)).isTrue();
        assertThat(may("configurer", Purpose.PROVISION, job)).isFalse();
        assertThat(may("provisioner", Purpose.PROVISION, job)).isTrue();
        assertThat(may("provisioner", Purpose.DESTROY, job)).isFalse();
        assertThat(may("destroyer", Purpose.DESTROY, job)).isTrue();
        assertThat(may("admin", Purpose.DESTROY, job)).isTrue();

        jenkins.restart();

        // Granted permissions are read from config.xml before plugins' classes are needed: they must be known by then.
        job = jenkins.jenkins.getItemByFullName("web", FreeStyleProject.class);
        assertThat(may("provisioner", Purpose.PROVISION, job)).isTrue();
        assertThat(may("destroyer", Purpose.DESTROY, job)).isTrue();
    }

    @Test
    void a_refusal_names_who_what_and_where() throws Exception {
        FreeStyleProject job = withUsers();
        try (ACLContext as = ACL.as2(User.getById("builder", true).impersonate2())) {
            Optional<String> refusal = SystemSettings.get().refusal(Purpose.DESTROY, job);
            assertThat(refusal).get().asString().contains("builder", "EC2 Docker/Destroy", "web", "administrator");
        }
    }

    @Test
    void builds_that_run_as_the_system_may_do_both() throws Exception {
        FreeStyleProject job = withUsers();
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            assertThat(SystemSettings.get().refusal(Purpose.PROVISION, job)).isEmpty();
            assertThat(SystemSettings.get().refusal(Purpose.DESTROY, job)).isEmpty();
        }
    }

    @Test
    void the_matrix_shows_the_group_with_all() throws Exception {
        withUsers();
        JenkinsRule.WebClient admin = jenkins.createWebClient().withJavaScriptEnabled(false).withBasicCredentials("admin");
        assertThat(admin.goTo("manage/configureSecurity/").asXml()).contains("EC2 Docker").contains(
                Ec2DockerPermissions.PROVISION.getId(), Ec2DockerPermissions.DESTROY.getId(), Ec2DockerPermissions.MAINTAIN.getId());
        assertThat(Ec2DockerPermissions.MAINTAIN.impliedBy).isEqualTo(Item.CONFIGURE);
    }

    private static FreeStyleProject withUsers() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        GlobalMatrixAuthorizationStrategy matrix = new GlobalMatrixAuthorizationStrategy();
        grant(matrix, "reader", Item.READ);
        grant(matrix, "builder", Item.READ, Item.BUILD);
        grant(matrix, "configurer", Item.READ, Item.CONFIGURE);
        grant(matrix, "provisioner", Item.READ, Ec2DockerPermissions.PROVISION);
        grant(matrix, "destroyer", Item.READ, Ec2DockerPermissions.DESTROY);
        grant(matrix, "admin", Jenkins.ADMINISTER);
        jenkins.jenkins.setAuthorizationStrategy(matrix);
        jenkins.jenkins.save();
        return jenkins.createFreeStyleProject("web");
    }

    private static void grant(GlobalMatrixAuthorizationStrategy matrix, String user, Permission... permissions) {
        matrix.add(Jenkins.READ, PermissionEntry.user(user));
        for (Permission permission : permissions) {
            matrix.add(permission, PermissionEntry.user(user));
        }
    }

    private static boolean may(String user, Purpose purpose, Item job) {
        try (ACLContext as = ACL.as2(User.getById(user, true).impersonate2())) {
            return SystemSettings.get().refusal(purpose, job).isEmpty();
        }
    }
}
