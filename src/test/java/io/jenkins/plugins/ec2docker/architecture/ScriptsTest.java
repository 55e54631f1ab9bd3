package io.jenkins.plugins.ec2docker.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The scripts that set machines up and start everything else. */
class ScriptsTest {

    @Test
    void pass_shellcheck() throws Exception {
        assumeTrue(onPath("shellcheck"), "shellcheck is not installed; bin/test installs it");
        List<String> command = new ArrayList<>(List.of("shellcheck", "-x"));
        scripts().forEach(script -> command.add(script.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
    }

    @Test
    void stop_at_the_first_fault_and_can_be_run() throws Exception {
        for (Path script : scripts()) {
            if (!script.endsWith("setup.sh")) {
                assertThat(Files.readString(script)).as(script.toString()).startsWith("#!/usr/bin/env bash\n")
                        .contains("\nset -euo pipefail\n");
                assertThat(script).isExecutable();
            }
        }
    }

    private static List<Path> scripts() throws IOException {
        try (Stream<Path> bin = Files.list(Path.of("bin")); Stream<Path> ci = Files.list(Path.of(".ci"))) {
            return Stream.concat(bin, ci).sorted().toList();
        }
    }

    private static boolean onPath(String command) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    }
}
