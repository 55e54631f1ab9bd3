package io.jenkins.plugins.ec2docker.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleSectionTest {

    @Test
    void working_hours_are_read_and_written_again() throws Exception {
        ProvisionRequest request = parse("{start: 0 8 * * mon-fri, stop: 30 18 * * *, zone: Europe/Berlin}", "").orElseThrow();

        assertThat(request.schedule()).isEqualTo(Schedule.of("0 8 * * mon-fri", "30 18 * * *", "Europe/Berlin"));
        assertThat(RequestParser.parse(RequestMap.of(request)).orElseThrow()).isEqualTo(request);
        assertThat(RequestMap.of(request)).containsKey("schedule");
    }

    @Test
    void what_is_wrong_is_named_with_the_field() throws Exception {
        assertThat(parse("{start: at eight, stop: 0 18 * * *, zone: UTC}", "").violations()).singleElement().satisfies(violation -> {
            assertThat(violation.field()).isEqualTo("schedule.start");
            assertThat(violation.message()).contains("must be a cron expression of five fields");
        });
        assertThat(parse("{start: 0 25 * * *, stop: 0 18 * * *, zone: UTC}", "").violations()).singleElement().asString()
                .contains("\"25\" as hour, which takes numbers from 0 to 23");
        assertThat(parse("{start: 0 8 * * *, stop: 0 18 * * *, zone: UTC}", "spot: true\n").violations()).singleElement().satisfies(violation -> {
            assertThat(violation.field()).isEqualTo("schedule");
            assertThat(violation.message()).contains("cannot stand beside spot");
        });
    }

    private static Parsed<ProvisionRequest> parse(String schedule, String more) throws Exception {
        return Requests.parse(Requests.text("minimal.yaml") + more + "schedule: " + schedule + "\n");
    }
}
