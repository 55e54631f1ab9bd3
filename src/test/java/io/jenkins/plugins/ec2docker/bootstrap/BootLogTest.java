package io.jenkins.plugins.ec2docker.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootLogTest {
    private static final String START = "[    0.000000] Linux\r\nec2-docker: started (run r1)\r\n";

    @Test
    void it_is_what_the_boot_script_showed_of_what_is_not_well() {
        String console = START + "ec2-docker: starting containers\r\n[ 4.1] eth0: up\r\n"
                + "ec2-docker: container web is exited, exit code 1, restarts 0, health none\r\nec2-docker: web| no DATABASE_URL\r\n\r\n"
                + "ec2-docker: failed: container web exited with code 1 (run r1)\r\nUbuntu 22.04 login:";

        assertThat(BootConsole.of(console, "r1")).containsExactly(
                "ec2-docker: container web is exited, exit code 1, restarts 0, health none", "ec2-docker: web| no DATABASE_URL");
    }

    @Test
    void lines_that_cloud_init_repeats_are_shown_once_and_its_prefix_not_at_all() {
        String repeated = "[   42.123456] cloud-init[1432]: ec2-docker: web| one\r\n";

        assertThat(BootConsole.of(START + "ec2-docker: web| one\r\n" + repeated, "r1")).containsExactly("ec2-docker: web| one");
        assertThat(BootConsole.of(START + repeated, "r1")).containsExactly("ec2-docker: web| one");
    }

    @Test
    void only_the_last_boot_of_the_run_counts() {
        assertThat(BootConsole.of(START + "ec2-docker: web| old\r\n" + START + "ec2-docker: web| new\r\n", "r1"))
                .containsExactly("ec2-docker: web| new");
    }

    @Test
    void it_is_bounded_and_printable() {
        String lines = IntStream.range(0, 500).mapToObj(i -> "ec2-docker: web| \u001b[31m" + i + "x".repeat(1000))
                .collect(Collectors.joining("\n"));

        assertThat(BootConsole.of(START + lines, "r1")).hasSize(100).allMatch(line -> line.length() == 400 && line.matches("[ -~]+"));
        assertThat(BootConsole.of(START + lines, "r1").get(99)).startsWith("ec2-docker: web| [31m499");
    }

    @Test
    void a_boot_that_never_began_shows_the_end_of_the_console() {
        assertThat(BootConsole.of("a\n\nb\n", "r1")).containsExactly("a", "b");
        assertThat(BootConsole.of("x\n".repeat(100), "r1")).hasSize(20);
        assertThat(BootConsole.of("", "r1")).isEmpty();
    }
}
