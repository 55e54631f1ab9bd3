package io.jenkins.plugins.ec2docker.request.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.model.WorkingHoursSchedule;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.request.parse.RequestWriter;
import io.jenkins.plugins.ec2docker.request.parse.Requests;
import io.jenkins.plugins.ec2docker.request.values.ParseResult;
import org.junit.jupiter.api.Test;

class ScheduleSchemaTest {

    @Test
    void working_hours_are_read_and_written_again() throws Exception {
        ProvisionRequest request = parse("{start: 0 8 * * mon-fri, stop: 30 18 * * *, zone: Europe/Berlin}", "").orElseThrow();

        assertThat(request.schedule()).isEqualTo(WorkingHoursSchedule.of("0 8 * * mon-fri", "30 18 * * *", "Europe/Berlin"));
        assertThat(RequestParser.parse(RequestWriter.of(request)).orElseThrow()).isEqualTo(request);
        assertThat(RequestWriter.of(request)).containsKey("schedule");
    }

    @Test
    void what_is_wrong_is_named_with_the_field() throws Exception {
        assertThat(parse("{start: at eight, stop: 0 18 * * *, zone: UTC}", "").violations()).singleElement().satisfies(violation -> {
            assertThat(violation.field()).isEqualTo("schedule.start");
            assertThat(violation.message()).contains("must be a cron expression of five fields");
        });
        assertThat(parse("{start: 0 25 * * *, stop: 0 18 * * *, zone: UTC}", "").violations()).singleElement().asString()
                .contains("\"25\" as hour, which takes numbers from 0 to 23");
        assertThat(parse("{start: 0 8 * * *, stop: 0 18 * * *, zone: UTC}", "spot: true\n").violations()).singleElement()
                .satisfies(violation -> {
                    assertThat(violation.field()).isEqualTo("schedule");
                    assertThat(violation.message()).contains("cannot stand beside spot");
                });
    }

    private static ParseResult<ProvisionRequest> parse(String schedule, String more) throws Exception {
        return Requests.parse(Requests.text("minimal.yaml") + more + "schedule: " + schedule + "\n");
    }
}
