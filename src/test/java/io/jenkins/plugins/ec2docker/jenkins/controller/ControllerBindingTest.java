package io.jenkins.plugins.ec2docker.jenkins.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken for another controller, or another store, and what is not. */
class ControllerBindingTest {

    private static final String MACHINE_ID = "0123456789abcdef0123456789abcdef";
    private static final ControllerIdentity HERE = new ControllerIdentity("id", "/var/jenkins_home", "https://ci/", "machine a");

    @TempDir
    Path directory;

    @Test
    void each_fact_that_both_know_counts_and_is_named() {
        assertThat(HERE.differences(HERE)).isEmpty();
        assertThat(HERE.differences(new ControllerIdentity("id", "/var/jenkins_home", null, null))).isEmpty();
        assertThat(HERE.differences(new ControllerIdentity("other", "/tmp/copy", "https://staging/", "machine b"))).satisfiesExactly(
                instance -> assertThat(instance).contains("id of this Jenkins"),
                home -> assertThat(home).contains("was /var/jenkins_home and is /tmp/copy"),
                url -> assertThat(url).contains("was https://ci/ and is https://staging/"),
                machine -> assertThat(machine).contains("was machine a and is machine b"));
    }

    @Test
    void unattended_work_may_begin_only_where_nothing_speaks_against_it() {
        assertThat(UnattendedWork.hindrance(List.of(), false, false)).isEmpty();
        assertThat(UnattendedWork.hindrance(null, false, false)).hasValue("Jenkins is starting.");
        assertThat(UnattendedWork.hindrance(List.of("another home"), true, true).orElseThrow()).contains("may be a copy", "confirm");
        assertThat(UnattendedWork.hindrance(List.of(), true, true).orElseThrow()).contains("paused");
        assertThat(UnattendedWork.hindrance(List.of(), false, true).orElseThrow()).contains("preparing to shut down");
    }

    @Test
    void a_store_of_before_is_bound_to_nobody_and_one_that_was_bound_here_is_known() throws Exception {
        assertThat(ControllerBinding.find(directory)).isEmpty();

        ControllerBinding.write(directory, HERE, 41, "a", Instant.now());
        ControllerBinding made = ControllerBinding.write(directory, HERE, 42, "b", Instant.now());

        ControllerBinding.Found found = ControllerBinding.find(directory).orElseThrow();
        assertThat(found.binding()).isEqualTo(made);
        assertThat(found.binding().epoch()).isEqualTo(42);
        assertThat(found.differences(HERE)).isEmpty();
    }

    @Test
    void a_file_that_was_put_back_later_is_known_even_where_nothing_else_differs() throws Exception {
        Path file = directory.resolve("controller.json");
        Path backup = directory.resolve("backup");
        String old = stored(Instant.now().minus(Duration.ofDays(1)));
        Files.writeString(file, old);
        Files.copy(file, backup, StandardCopyOption.COPY_ATTRIBUTES);
        ControllerBinding.write(directory, HERE, 9, "b", Instant.now());
        assertThat(ControllerBinding.find(directory).orElseThrow().differences(HERE)).isEmpty();

        Files.writeString(file, old);
        assertThat(ControllerBinding.find(directory).orElseThrow().differences(HERE)).as("into the file that was there")
                .singleElement().asString().contains("restored from a backup", "epoch 7");

        Files.delete(file);
        Files.copy(backup, file, StandardCopyOption.COPY_ATTRIBUTES);
        assertThat(ControllerBinding.find(directory).orElseThrow().differences(HERE)).as("as a file of its own, with its times")
                .singleElement().asString().contains("restored from a backup", "epoch 7");
    }

    /** As it was written some time ago: no test can wait for that. */
    private String stored(Instant born) throws IOException {
        Instant now = ControllerBinding.write(directory, HERE, 7, "a", Instant.now()).born();
        String stored = Files.readString(directory.resolve("controller.json"));
        assertThat(stored).contains(now.toString());
        return stored.replace(now.toString(), born.toString());
    }

    @Test
    void a_file_that_names_no_controller_is_told() throws Exception {
        for (String broken : List.of("", "{", "{}", "null", "[]")) {
            Files.writeString(directory.resolve("controller.json"), broken);
            assertThatThrownBy(() -> ControllerBinding.find(directory)).as(broken).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_machine_is_known_by_what_outlives_restarts() throws Exception {
        assertThat(MachineIdentity.of(directory, Map.of())).isNull();
        put("etc/machine-id", MACHINE_ID + "\n");
        String machine = MachineIdentity.of(directory, Map.of());
        assertThat(machine).startsWith("machine ").doesNotContain(MACHINE_ID);

        put("sys/devices/virtual/dmi/id/board_asset_tag", "Not Specified\n");
        assertThat(MachineIdentity.of(directory, Map.of())).isEqualTo(machine);
        put("sys/devices/virtual/dmi/id/board_asset_tag", "i-0abc1234def567890\n");
        assertThat(MachineIdentity.of(directory, Map.of())).as("of an image of the whole machine").isEqualTo(
                machine + ", instance i-0abc1234def567890");
    }

    @Test
    void a_container_is_no_machine_and_a_pod_is_its_namespace_of_its_cluster() throws Exception {
        put("etc/machine-id", MACHINE_ID);
        put(".dockerenv", "");
        assertThat(MachineIdentity.of(directory, Map.of("HOSTNAME", "3f9a1c20"))).isNull();

        Map<String, String> pod = Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1", "HOSTNAME", "jenkins-0");
        assertThat(MachineIdentity.of(directory, pod)).as("without an account").isNull();
        put("var/run/secrets/kubernetes.io/serviceaccount/ca.crt", "one");
        put("var/run/secrets/kubernetes.io/serviceaccount/namespace", "ci");
        String here = MachineIdentity.of(directory, pod);
        put("var/run/secrets/kubernetes.io/serviceaccount/namespace", "staging");
        assertThat(MachineIdentity.of(directory, pod)).startsWith("namespace staging of cluster ").isNotEqualTo(here);
        put("var/run/secrets/kubernetes.io/serviceaccount/namespace", "ci");
        put("var/run/secrets/kubernetes.io/serviceaccount/ca.crt", "two");
        assertThat(MachineIdentity.of(directory, pod)).startsWith("namespace ci of cluster ").isNotEqualTo(here);
    }

    private void put(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
