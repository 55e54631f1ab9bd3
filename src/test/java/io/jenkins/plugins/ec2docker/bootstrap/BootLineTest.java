package io.jenkins.plugins.ec2docker.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.bootstrap.BootStatus.State;
import org.junit.jupiter.api.Test;

class BootLineTest {
    private static final String START = "[    0.000000] Linux version 6.8.0-aws\r\nip-10-0-0-1 login: \r\nec2-docker: started (run r1)\r\n";

    @Test
    void a_console_without_a_line_of_the_run_is_silent() {
        assertThat(BootStatus.of("", "r1")).isEqualTo(new BootStatus(State.SILENT, ""));
        assertThat(BootStatus.of("[    0.000000] Linux\nec2-docker: started (run other)\nec2-docker: installing Docker\n", "r1").state())
                .isEqualTo(State.SILENT);
    }

    @Test
    void a_boot_that_goes_on_shows_its_latest_step() {
        assertThat(BootStatus.of(START, "r1")).isEqualTo(new BootStatus(State.BOOTING, ""));
        assertThat(BootStatus.of(START + "ec2-docker: installing Docker\r\nec2-docker: pulling images\r\n[   40.1] eth0: up\r\n", "r1"))
                .isEqualTo(new BootStatus(State.BOOTING, "pulling images"));
    }

    @Test
    void a_ready_line_closes_the_boot() {
        BootStatus line =
                BootStatus.of(START + "ec2-docker: pulling images\r\n\r\nec2-docker: ready (run r1)\r\nUbuntu 22.04 login:", "r1");

        assertThat(line).isEqualTo(new BootStatus(State.READY, ""));
        assertThat(line.isClosed()).isTrue();
    }

    @Test
    void a_failed_line_tells_the_reason() {
        assertThat(BootStatus.of(START + "ec2-docker: failed: container web (blue) exited with code 1 (run r1)\r\n", "r1"))
                .isEqualTo(new BootStatus(State.FAILED, "container web (blue) exited with code 1"));
    }

    @Test
    void the_last_closing_line_of_the_run_counts_and_those_of_other_runs_do_not() {
        String console = START + "ec2-docker: failed: pulling images (run r1)\nec2-docker: started (run r1)\nec2-docker: ready (run "
                + "r1)\nec2-docker: failed: x (run r12)\n";

        assertThat(BootStatus.of(console, "r1").state()).isEqualTo(State.READY);
        assertThat(BootStatus.of(console, "r12")).isEqualTo(new BootStatus(State.FAILED, "x"));
        assertThat(BootStatus.of(console, "r").state()).isEqualTo(State.SILENT);
    }

    @Test
    void a_line_that_cloud_init_repeats_counts() {
        assertThat(BootStatus.of("[   42.123456] cloud-init[1432]: ec2-docker: ready (run r1)\r\n", "r1").state()).isEqualTo(State.READY);
    }

    @Test
    void what_a_container_logs_is_never_taken_for_a_closing_line() {
        String console = START + "ec2-docker: web| ec2-docker: ready (run r1)\n"
                + "ec2-docker: web| [   1.0] cloud-init[1]: ec2-docker: ready (run r1)\n"
                + "[   42.1] cloud-init[9]: ec2-docker: web| ec2-docker: ready (run r1)\n"
                + "web says ec2-docker: ready (run r1)\n";

        assertThat(BootStatus.of(console, "r1")).isEqualTo(new BootStatus(State.BOOTING, ""));
    }

    @Test
    void a_console_cut_in_the_middle_of_a_line_is_not_closed() {
        assertThat(BootStatus.of(START + "ec2-docker: ready (run r", "r1").isClosed()).isFalse();
    }

    @Test
    void a_console_of_64_kib_without_a_line_end_is_read_in_no_time() {
        assertThat(BootStatus.of("ec2-docker: failed: " + "(run ".repeat(13_000), "r1").state()).isEqualTo(State.SILENT);
    }
}
