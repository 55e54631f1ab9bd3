package io.jenkins.plugins.ec2docker.policy.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.pricing.Prices;
import io.jenkins.plugins.ec2docker.aws.pricing.Product;
import io.jenkins.plugins.ec2docker.policy.plan.PlannedResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlannedCostTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES, JsonReadFeature.ALLOW_SINGLE_QUOTES).build();
    private static final SessionCredentials KEYS = SessionCredentials.ofUser("AKIATESTTESTTEST4711", "secret");
    private static final List<PlannedResource> GROUP = List.of(
            resource("aws_launch_template.this", "aws_launch_template",
                    "{instance_type: 't3.small', block_device_mappings: [{ebs: [{volume_size: 20, volume_type: 'gp3'}]}]}"),
            resource("aws_autoscaling_group.this", "aws_autoscaling_group", "{min_size: 2, max_size: 4, desired_capacity: null}"),
            resource("module.network.aws_nat_gateway.this[0]", "aws_nat_gateway", "{}"),
            resource("module.network.aws_subnet.private[0]", "aws_subnet", "{}"),
            resource("module.network.aws_subnet.private[1]", "aws_subnet", "{}"),
            resource("module.network.aws_vpc_endpoint.interface[\"ssm\"]", "aws_vpc_endpoint", "{vpc_endpoint_type: 'Interface'}"),
            resource("module.network.aws_vpc_endpoint.s3[0]", "aws_vpc_endpoint", "{vpc_endpoint_type: 'Gateway'}"),
            new PlannedResource("aws_eip.gone", "aws_eip", false, null));

    @Test
    void a_group_costs_by_its_sizes_with_their_disks_and_a_network_by_its_gateways_and_endpoints() {
        assertThat(PlannedCost.of(GROUP)).containsExactly(
                item("aws_autoscaling_group.this", Product.instance("t3.small"), 2, 4),
                item("aws_autoscaling_group.this", Product.volume("gp3"), 40, 80),
                item("module.network.aws_nat_gateway.this[0]", Product.NAT_GATEWAY, 1, 1),
                item("module.network.aws_vpc_endpoint.interface[\"ssm\"]", Product.INTERFACE_ENDPOINT, 2, 2));
    }

    @Test
    void an_instance_costs_with_its_disk_and_its_address() {
        assertThat(PlannedCost.of(List.of(
                resource("aws_instance.this[\"a\"]", "aws_instance",
                        "{instance_type: 't3.micro', root_block_device: [{volume_size: 8, volume_type: 'gp3'}]}"),
                resource("aws_eip.this[0]", "aws_eip", "{}")))).containsExactly(
                        item("aws_instance.this[\"a\"]", Product.instance("t3.micro"), 1, 1),
                        item("aws_instance.this[\"a\"]", Product.volume("gp3"), 8, 8),
                        item("aws_eip.this[0]", Product.ADDRESS, 1, 1));
    }

    @Test
    void tasks_cost_by_their_part_of_a_processor_and_of_memory_and_a_database_by_its_zones() {
        List<PlannedCost.Item> items = PlannedCost.of(List.of(
                resource("aws_ecs_task_definition.this", "aws_ecs_task_definition", "{cpu: '512', memory: '1024'}"),
                resource("aws_appautoscaling_target.this", "aws_appautoscaling_target", "{max_capacity: 6}"),
                resource("aws_ecs_service.this", "aws_ecs_service", "{desired_count: 3}"),
                resource("module.database[0].aws_db_instance.this", "aws_db_instance",
                        "{instance_class: 'db.t3.small', multi_az: true, allocated_storage: 20, max_allocated_storage: 100}")));

        assertThat(items).extracting(PlannedCost.Item::product).containsExactly(
                Product.FARGATE_CPU, Product.FARGATE_MEMORY, Product.database("db.t3.small", true), Product.databaseStorage(true));
        assertThat(items).extracting(item -> item.usual().doubleValue()).containsExactly(1.5, 3.0, 1.0, 20.0);
        assertThat(items).extracting(item -> item.most().doubleValue()).containsExactly(3.0, 6.0, 1.0, 100.0);
    }

    @Test
    void what_stays_below_the_limit_even_at_its_most_may_be_carried_out_and_says_what_it_costs() {
        CostReview.Verdict verdict = new CostReview(flat("0.01"), new BigDecimal("700")).of(GROUP, KEYS);

        assertThat(verdict.refusal()).isEmpty();
        assertThat(verdict.told())
                .contains("At list prices on demand what is planned costs 328.50 USD a month, and up to 635.10 USD a month"
                        + " where it scales, without what costs by use.");
    }

    @Test
    void what_may_cost_more_is_refused_with_what_costs_most() {
        assertThat(new CostReview(flat("0.01"), new BigDecimal("500.00")).of(GROUP, KEYS).refusal())
                .hasValueSatisfying(refusal -> assertThat(refusal)
                        .hasToString("cost of the plan \"635.10 USD a month\": is more than the 500 USD a month that are allowed here;"
                                + " ask for less. The most goes to aws_autoscaling_group.this (613.20 USD a month),"
                                + " module.network.aws_vpc_endpoint.interface[\"ssm\"] (14.60 USD a month),"
                                + " module.network.aws_nat_gateway.this[0] (7.30 USD a month)."));
    }

    @Test
    void what_has_no_price_or_nobody_may_ask_for_is_refused() {
        Prices withoutGateways = (keys, product) -> product.equals(Product.NAT_GATEWAY) ? Optional.empty() : Optional.of(BigDecimal.ONE);
        Prices forbidden = (keys, product) -> {
            throw new AwsException(AwsException.Reason.OTHER, "The role may not do pricing:GetProducts.", null);
        };

        assertThat(new CostReview(withoutGateways, BigDecimal.TEN).of(GROUP, KEYS).refusal())
                .hasValueSatisfying(refusal -> assertThat(refusal)
                        .hasToString("cost of the plan: cannot be held against the 10 USD a month that are allowed here, because AWS's"
                                + " price list has no price for module.network.aws_nat_gateway.this[0]."));
        assertThat(new CostReview(forbidden, BigDecimal.TEN).of(GROUP, KEYS).refusal()).hasValueSatisfying(refusal -> assertThat(refusal)
                .hasToString("cost of the plan: cannot be held against the 10 USD a month that are allowed here, because its list"
                        + " price is not known: The role may not do pricing:GetProducts."));
    }

    private static Prices flat(String hourly) {
        return (keys, product) -> Optional.of(new BigDecimal(hourly));
    }

    private static PlannedCost.Item item(String address, Product product, long usual, long most) {
        return new PlannedCost.Item(address, product, BigDecimal.valueOf(usual), BigDecimal.valueOf(most));
    }

    private static PlannedResource resource(String address, String type, String json) {
        try {
            return new PlannedResource(address, type, true, JSON.readTree(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
