package io.jenkins.plugins.ec2docker.request.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.request.schema.FieldForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a form shows of the sections is what the parser takes and what the blueprint's variables say. */
class RequestFormTest {

    @Test
    void has_the_sections_of_each_blueprint_and_none_for_one_instance() {
        assertThat(RequestForm.of("instance")).isEmpty();
        assertThat(RequestForm.of("${BLUEPRINT}")).isEmpty();
        assertThat(RequestForm.usual("instance", "staging")).isEmpty();
        assertThat(RequestForm.of("autoscaled")).extracting(FieldForm::path).containsExactly("environment", "imageRelease",
                "instancePolicy",
                "scaling", "loadBalancer", "network", "database", "monitoring", "backup", "edge", "registry", "bastion");
        assertThat(RequestForm.of("fargate")).extracting(FieldForm::path).containsExactly("environment", "scaling", "task",
                "loadBalancer", "network", "database", "monitoring", "backup", "edge", "registry", "bastion");
    }

    @Test
    void a_field_has_its_kind_its_limits_and_its_meaning() {
        Map<String, FieldForm> fields = byPath("autoscaled");
        FieldForm timeout = fields.get("loadBalancer.idleTimeout");
        assertThat(timeout).returns(FieldForm.Kind.NUMBER, FieldForm::kind).returns(new FieldForm.Range("1", "4000", "s"), FieldForm::range)
                .returns("Seconds after which a connection without traffic is closed.", FieldForm::meaning);
        assertThat(fields.get("network.nat").choices()).containsExactly("none", "single", "per_zone");
        assertThat(fields.get("monitoring.retentionDays").choices()).startsWith("1", "3", "5", "7").endsWith("3653");
        assertThat(fields.get("database").optional()).isTrue();
        assertThat(fields.get("loadBalancer").optional()).isFalse();
        assertThat(fields.get("database.multiAz").kind()).isEqualTo(FieldForm.Kind.FLAG);
        assertThat(fields.get("monitoring.mails").kind()).isEqualTo(FieldForm.Kind.LIST);
        assertThat(fields.get("scaling.schedules").kind()).isEqualTo(FieldForm.Kind.NAMED);
        assertThat(fields.get("monitoring.responseTime.threshold").kind()).isEqualTo(FieldForm.Kind.NUMBER);
        assertThat(byPath("fargate").get("task.policy").kind()).isEqualTo(FieldForm.Kind.JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"autoscaled", "fargate"})
    void every_field_says_what_it_means(String blueprint) {
        byPath(blueprint).forEach((path, field) -> {
            // The alarms and steps say it for all that they have.
            boolean inside = path.matches(".*\\.(threshold|periods|period|up|down)");
            assertThat(field.meaning().isEmpty()).as(path).isEqualTo(inside);
            assertThat(field.meaning()).as(path).doesNotContainPattern("\\bnull\\b");
        });
    }

    @Test
    void what_holds_by_default_is_the_variables_own_unless_an_environment_brings_it() {
        assertThat(RequestForm.usual("autoscaled", null)).containsEntry("scaling.max", "3").containsEntry("network.cidr", "10.0.0.0/16")
                .containsEntry("network.endpoints", "s3, ec2, ssm").containsEntry("monitoring.cpuHigh.threshold", "60")
                .containsEntry("monitoring", "none").containsEntry("scaling.spot", "none").containsEntry("scaling.steps", "none")
                .containsEntry("scaling.steps.up", "2").containsEntry("database.storageGiB", "20")
                .doesNotContainKey("loadBalancer.certificateArn");
        assertThat(RequestForm.usual("autoscaled", "production")).containsEntry("scaling.max", "10")
                .containsEntry("network.cidr", "10.2.0.0/16")
                .containsEntry("monitoring", "yes").containsEntry("database", "none").containsEntry("database.multiAz", "true")
                .containsEntry("backup", "yes").containsEntry("backup.dailyRetentionDays", "30").containsEntry("scaling.cpuTarget", "60");
        assertThat(RequestForm.usual("autoscaled", "development")).containsEntry("scaling.spot", "yes").containsEntry("backup", "none");
        assertThat(RequestForm.usual("fargate", "${STAGE}")).containsEntry("task.cpu", "256").containsEntry("scaling.cpuTarget", "70");
    }

    /** A sentence about a limit names the limits that the form has. */
    @ParameterizedTest
    @ValueSource(strings = {"autoscaled", "fargate"})
    void the_parser_takes_both_limits_of_a_number_and_refuses_what_is_beyond(String blueprint) {
        byPath(blueprint).values().stream().filter(field -> field.kind() == FieldForm.Kind.NUMBER).forEach(field -> {
            assertThat(refused(blueprint, field, String.valueOf(Long.parseLong(field.range().highest())))).as(field.path()).isFalse();
            assertThat(refused(blueprint, field, String.valueOf(Long.parseLong(field.range().highest()) + 1))).as(field.path()).isTrue();
            assertThat(refused(blueprint, field, "-1")).as(field.path()).isTrue();
        });
    }

    private static boolean refused(String blueprint, FieldForm field, String value) {
        Map<String, Object> document = Requests.with(Requests.yaml("name: a\nblueprint: " + blueprint + "\nregion: eu-central-1\n"
                + (blueprint.equals("fargate") ? "" : "instanceType: t3.small\n") + "containers: [{image: nginx, ports: [\"80:80\"]}]\n"),
                field.path(), value);
        return RequestParser.parse(document).violations().stream().anyMatch(violation -> violation.field().equals(field.path()));
    }

    private static Map<String, FieldForm> byPath(String blueprint) {
        List<FieldForm> all = new ArrayList<>();
        RequestForm.of(blueprint).forEach(field -> collect(field, all));
        return all.stream().collect(Collectors.toMap(FieldForm::path, Function.identity()));
    }

    private static void collect(FieldForm field, List<FieldForm> all) {
        all.add(field);
        field.fields().forEach(each -> collect(each, all));
    }
}
