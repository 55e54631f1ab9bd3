package io.jenkins.plugins.ec2docker.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for the text of the boot script, whatever it does. */
class BootScriptSourceTest {
    @TempDir
    Path directory;

    @Test
    void shellcheck_finds_nothing_in_the_source() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/shellcheck")),
                "SKIPPED, NOT PASSED: shellcheck is not installed (apt-get install shellcheck)");
        Path source = directory.resolve("boot.sh");
        Files.writeString(source, source());

        assertThat(run("/usr/bin/shellcheck", "--shell=bash", "--enable=quote-safe-variables,deprecate-which", source.toString()))
                .isEmpty();
    }

    @Test
    void what_is_shipped_is_bash_without_comments() throws Exception {
        Path shipped = directory.resolve("shipped.sh");
        Files.writeString(shipped, BootScript.shipped());

        assertThat(run("/bin/bash", "-n", shipped.toString())).isEmpty();
        assertThat(BootScript.shipped().lines().skip(1)).noneMatch(line -> line.isBlank() || line.stripLeading().startsWith("#"));
    }

    @Test
    void no_here_document_can_lose_lines_with_the_comments() throws Exception {
        assertThat(source().lines()).noneMatch(line -> line.matches(".*<<-?\\s*['\"A-Za-z_].*"));
    }

    @Test
    void every_assignment_stands_once_behind_all_code() throws Exception {
        assertThat(source())
                .endsWith("\nRUN_ID=''\nCONTAINERS=''\nHEALTH_SECONDS=''\nELASTIC_IP=''\nHEALTH_URL=''\nCOMPOSE=''\nUSERS=''\nmain\n");
        String script = BootScript.with(Map.of("USERS", "QUJD"));
        assertThat(script.substring(BootScript.payloadStart(script))).startsWith("RUN_ID=''\n").contains("\nUSERS='QUJD'\n");
    }

    private static String source() throws Exception {
        try (var in = BootScript.class.getResourceAsStream("boot.sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
