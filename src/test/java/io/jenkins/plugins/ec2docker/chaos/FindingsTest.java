package io.jenkins.plugins.ec2docker.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.chaos.AwsView.Thing;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That what would be wrong is found: a look that sees nothing would find every run of the chaos good. */
class FindingsTest {

    private static final Thing INSTANCE = new Thing("instance", "i-1", null, "run-1");
    private static final Thing DISK = new Thing("volume", "vol-1", "i-1", null);
    private static final Kept NOTHING = new Kept(false, Map.of(), List.of());

    @Test
    void what_neither_state_nor_sweep_knows_is_unknown_and_a_disk_goes_with_its_instance() throws Exception {
        AwsView aws = new AwsView(List.of(INSTANCE, DISK));

        assertThat(findings(aws, Set.of()).orphans()).containsExactly(INSTANCE, DISK);
        assertThat(findings(aws, Set.of()).isGood()).isFalse();
        assertThat(findings(aws, Set.of("i-1")).orphans()).isEmpty();
        assertThat(findings(aws, Set.of("i-1")).toSweep()).containsExactly(INSTANCE, DISK);
        assertThat(findings(aws, Set.of("i-1")).isGood()).isTrue();
    }

    @Test
    void a_rule_goes_with_a_group_that_nobody_knows_and_is_unknown_in_one_that_is_known() {
        Thing rule = new Thing(Thing.RULE, "sgr-1", "sg-1", null);

        assertThat(rule.isCoveredBy(Set.of("sg-1", "sgr-1"))).isTrue();
        assertThat(rule.isCoveredBy(Set.of("sg-1"))).isFalse();
        assertThat(rule.isCoveredBy(Set.of())).isTrue();
    }

    @Test
    void two_instances_of_one_generation_are_one_too_many() throws Exception {
        AwsView aws =
                new AwsView(List.of(INSTANCE, new Thing("instance", "i-2", null, "run-1"), new Thing("instance", "i-3", null, "run-2")));

        assertThat(findings(aws, Set.of("i-1", "i-2", "i-3")).doubled()).isEqualTo(1);
    }

    @Test
    void a_version_that_is_gone_or_another_and_a_workspace_that_nobody_kept_are_lost_states() throws Exception {
        byte[] first = state(1);
        byte[] second = state(2);
        Kept before = new Kept(false, Map.of("000001-a.tfstate", first), List.of(second));

        assertThat(new Kept(false, Map.of("000001-a.tfstate", first, "000002-b.tfstate", second), List.of()).lostSince(before)).isZero();
        assertThat(new Kept(false, Map.of("000001-a.tfstate", first), List.of()).lostSince(before)).isEqualTo(1);
        assertThat(new Kept(false, Map.of("000001-a.tfstate", second), List.of()).lostSince(before)).isEqualTo(1);
        assertThat(NOTHING.lostSince(before)).isEqualTo(2);
    }

    @Test
    void a_recovery_that_failed_or_left_a_process_is_not_good() throws Exception {
        AwsView empty = new AwsView(List.of());

        assertThat(Findings.of(empty, NOTHING, NOTHING, Set.of(), List.of(), 1, false).isGood()).isFalse();
        assertThat(Findings.of(empty, NOTHING, NOTHING, Set.of(), List.of(), 0, true).isGood()).isFalse();
        assertThat(Findings.of(empty, NOTHING, NOTHING, Set.of(), List.of("TERRAFORM 1: terraform"), 0, false).isGood()).isFalse();
        assertThat(Findings.of(empty, NOTHING, NOTHING, Set.of(), List.of(), 0, false).isGood()).isTrue();
    }

    private static Findings findings(AwsView aws, Set<String> sweep) throws Exception {
        return Findings.of(aws, NOTHING, NOTHING, sweep, List.of(), 0, false);
    }

    private static byte[] state(int serial) {
        return ("{\"version\": 4, \"terraform_version\": \"1.11.4\", \"serial\": " + serial
                + ", \"lineage\": \"x\", \"outputs\": {}, \"resources\": ["
                + "{\"mode\": \"managed\", \"type\": \"aws_instance\", \"name\": \"this\", \"instances\": [{\"attributes\": {\"id\": \"i-1\"}}]}]}")
                .getBytes();
    }
}
