package io.jenkins.plugins.ec2docker.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How Docker gets onto an instance. */
class BootScriptInstallTest extends InABox {
    @Test
    void ubuntu_installs_from_its_own_archive() throws Exception {
        assertThat(boot()).isEqualTo("ready");
        assertThat(box.calls("apt-get ")).containsExactly(
                "apt-get -q -y -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 update",
                "apt-get -q -y -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 install --no-install-recommends docker.io "
                        + "docker-compose-v2");
        assertThat(box.calls("systemctl ")).containsExactly("systemctl enable --now docker");
        assertThat(box.calls("dnf ")).isEmpty();
    }

    @Test
    void debian_installs_from_its_own_archive() throws Exception {
        box.distribution("debian", "13");

        assertThat(boot()).isEqualTo("ready");
        assertThat(box.calls("apt-get ")).last().asString().endsWith("install --no-install-recommends docker.io docker-compose");
    }

    @Test
    void amazon_linux_takes_the_compose_plugin_from_docker_with_its_signature_checked() throws Exception {
        box.distribution("amzn", "2023");

        assertThat(boot()).isEqualTo("ready");
        assertThat(box.calls("dnf ")).containsExactly(
                "dnf -q -y install docker",
                "dnf -q -y --enablerepo=ec2-docker --setopt=install_weak_deps=False install docker-compose-plugin");
        assertThat(box.file("/etc/yum.repos.d/ec2-docker.repo")).hasContent("[ec2-docker]\nname=Docker Compose plugin\n"
                + "baseurl=https://download.docker.com/linux/centos/9/$basearch/stable\nenabled=0\ngpgcheck=1\n"
                + "gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-ec2-docker\nincludepkgs=docker-compose-plugin\n");
        assertThat(box.file("/etc/pki/rpm-gpg/RPM-GPG-KEY-ec2-docker")).hasSameTextualContentAs(box.file("/stub/key"));
    }

    @Test
    void a_key_that_is_not_dockers_is_not_installed() throws Exception {
        box.distribution("amzn", "2023").key("F".repeat(40));

        assertThat(boot()).isEqualTo("failed: installing Docker: download.docker.com serves a signing key that is not Docker's "
                + "(fingerprint " + "F".repeat(40) + ")");
        assertThat(box.file("/etc/pki/rpm-gpg/RPM-GPG-KEY-ec2-docker")).doesNotExist();
        assertThat(box.calls("dnf -q -y --enablerepo")).isEmpty();
    }

    @Test
    void a_failure_inside_a_subshell_gives_one_closing_line_too() throws Exception {
        box.distribution("amzn", "2023").stub("gpg-status", "2");

        assertThat(boot()).startsWith("failed: installing Docker: `found=$(").endsWith("ended with status 2");
    }

    @Test
    void a_boot_that_is_stopped_says_so() throws Exception {
        box.stub("stop", "");

        assertThat(boot()).isEqualTo("failed: installing Docker: stopped by a signal");
    }

    @Test
    void docker_with_compose_that_is_there_already_is_left_alone_on_any_distribution() throws Exception {
        box.distribution("flatcar", "4081").withDocker();

        assertThat(boot()).isEqualTo("ready");
        assertThat(box.calls("apt-get ")).isEmpty();
        assertThat(box.calls("dnf ")).isEmpty();
    }

    @Test
    void an_unknown_distribution_without_docker_is_a_clear_failure() throws Exception {
        box.distribution("amzn", "2");

        assertThat(boot()).isEqualTo("failed: installing Docker: no way known to install Docker with the Compose plugin on amzn 2; "
                + "use ubuntu-22.04, ubuntu-24.04, al2023 or an AMI that has both");
    }

    @Test
    void a_package_manager_that_fails_at_first_is_tried_again() throws Exception {
        box.stub("package-errors", "2");

        assertThat(boot()).isEqualTo("ready");
        assertThat(box.calls("apt-get ")).hasSize(4);
    }

    @Test
    void package_lists_that_somebody_else_brings_up_to_date_are_waited_for() throws Exception {
        box.stub("package-errors", "20").stub("package-error", "E: Could not get lock /var/lib/apt/lists/lock. It is held by process 712");

        assertThat(boot()).isEqualTo("ready");
        assertThat(box.calls("sleep 15")).hasSize(20);
    }

    @Test
    void a_package_manager_that_never_succeeds_ends_the_boot_with_its_last_words() throws Exception {
        box.stub("package-errors", "99");

        assertThat(boot()).isEqualTo("failed: installing Docker: apt-get update failed 5 times: E: Unable to fetch some archives");
    }

    @Test
    void packages_that_bring_no_working_compose_end_the_boot() throws Exception {
        box.stub("broken-compose", "");

        assertThat(boot()).isEqualTo("failed: installing Docker: Docker is installed on ubuntu 22.04, but `docker compose` does not work");
    }

    private String boot() throws Exception {
        return boot(Requests.of(Requests.container("web")));
    }
}
