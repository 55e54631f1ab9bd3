package io.jenkins.plugins.ec2docker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Commands that somebody reads in trouble are ones that there are. */
class RunbookTest {

    private static final Pattern COMMAND = Pattern.compile("bin/ec2-docker ([^`\n]+)");

    @Test
    void each_command_of_the_runbook_is_one_that_the_command_line_takes() throws Exception {
        String page = Files.readString(Path.of("docs", "runbook.md")).replace("\\\n", " ");
        List<String> commands = COMMAND.matcher(page).results().map(found -> found.group(1).strip()).toList();

        assertThat(commands).hasSizeGreaterThan(10)
                .allSatisfy(command -> assertThatCode(() -> Main.commandLine(System.getenv()).parseArgs(command.split("\\s+"))).as(command)
                        .doesNotThrowAnyException());
    }
}
