package io.jenkins.plugins.ec2docker.policy.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.ec2docker.aws.pricing.Product;
import io.jenkins.plugins.ec2docker.policy.plan.PlannedResource;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a plan will have in AWS that costs by the hour, whether anybody uses it or not. What costs by use (traffic, requests, logs, backups,
 * keys, secrets) is in no plan and not here.
 */
final class PlannedCost {

    private final List<PlannedResource> plan;
    private final List<Item> items = new ArrayList<>();

    private PlannedCost(List<PlannedResource> plan) {
        this.plan = plan;
    }

    /**
     * @param address of the resource
     * @param usual how many of the product there will be at first
     * @param most how many there can be, where it scales; else the same
     */
    record Item(String address, Product product, BigDecimal usual, BigDecimal most) {}

    /** @param plan all resources, those that stay as they are too */
    static List<Item> of(List<PlannedResource> plan) {
        PlannedCost cost =
                new PlannedCost(plan.stream().filter(resource -> resource.after() != null && !resource.after().isNull()).toList());
        cost.plan.forEach(cost::add);
        return List.copyOf(cost.items);
    }

    private void add(PlannedResource resource) {
        JsonNode after = resource.after();
        switch (resource.type()) {
            case "aws_instance" ->
                    instances(resource.address(), after.path("instance_type").asText(""), after.path("root_block_device"), 1, 1);
            case "aws_autoscaling_group" -> group(resource.address(), after);
            case "aws_ecs_service" -> service(resource.address(), after);
            case "aws_db_instance" -> database(resource.address(), after);
            case "aws_eip" -> add(resource.address(), Product.ADDRESS, 1, 1);
            case "aws_nat_gateway" -> add(resource.address(), Product.NAT_GATEWAY, 1, 1);
            case "aws_lb" -> add(resource.address(), Product.LOAD_BALANCER, 1, 1);
            case "aws_vpc_endpoint" -> endpoint(resource.address(), after);
            default -> {
                // Costs nothing, or by use.
            }
        }
    }

    private void instances(String address, String type, JsonNode disks, int usual, int most) {
        add(address, Product.instance(type), usual, most);
        for (JsonNode disk : disks) {
            int size = disk.path("volume_size").asInt(0);
            add(address, Product.volume(disk.path("volume_type").asText("gp3")), (long) usual * size, (long) most * size);
        }
    }

    /** Spot instances count as others: what they cost is known when they have run. */
    private void group(String address, JsonNode group) {
        JsonNode template = one("aws_launch_template").map(PlannedResource::after).orElse(group);
        List<JsonNode> disks = new ArrayList<>();
        template.path("block_device_mappings").forEach(mapping -> mapping.path("ebs").forEach(disks::add));
        JsonNode volumes = JsonNodeFactory.instance.arrayNode().addAll(disks);
        int usual = group.path("desired_capacity").asInt(group.path("min_size").asInt(0));
        instances(address, template.path("instance_type").asText(""), volumes, usual, Math.max(usual, group.path("max_size").asInt(usual)));
    }

    private void service(String address, JsonNode service) {
        JsonNode task = one("aws_ecs_task_definition").map(PlannedResource::after).orElse(service);
        int usual = service.path("desired_count").asInt(1);
        int most = one("aws_appautoscaling_target").map(target -> target.after().path("max_capacity").asInt(usual)).orElse(usual);
        BigDecimal tasks = BigDecimal.valueOf(usual);
        BigDecimal atMost = BigDecimal.valueOf(Math.max(usual, most));
        // AWS counts 1,024 units a vCPU, and memory in MiB.
        BigDecimal cpu = new BigDecimal(task.path("cpu").asText("0")).divide(BigDecimal.valueOf(1024));
        BigDecimal memory = new BigDecimal(task.path("memory").asText("0")).divide(BigDecimal.valueOf(1024));
        items.add(new Item(address, Product.FARGATE_CPU, tasks.multiply(cpu), atMost.multiply(cpu)));
        items.add(new Item(address, Product.FARGATE_MEMORY, tasks.multiply(memory), atMost.multiply(memory)));
    }

    private void database(String address, JsonNode database) {
        boolean multiAz = database.path("multi_az").asBoolean(false);
        int size = database.path("allocated_storage").asInt(0);
        add(address, Product.database(database.path("instance_class").asText(""), multiAz), 1, 1);
        add(address, Product.databaseStorage(multiAz), size, Math.max(size, database.path("max_allocated_storage").asInt(size)));
    }

    /** One in each of its subnets; those of a network that is still to be made have no ids yet. */
    private void endpoint(String address, JsonNode endpoint) {
        if (endpoint.path("vpc_endpoint_type").asText("").equals("Interface")) {
            int known = endpoint.path("subnet_ids").size();
            long planned = plan.stream().filter(resource -> resource.address().contains("aws_subnet.private[")).count();
            long zones = known > 0 ? known : Math.max(1, planned);
            add(address, Product.INTERFACE_ENDPOINT, zones, zones);
        }
    }

    private void add(String address, Product product, long usual, long most) {
        items.add(new Item(address, product, BigDecimal.valueOf(usual), BigDecimal.valueOf(most)));
    }

    private Optional<PlannedResource> one(String type) {
        return plan.stream().filter(resource -> resource.type().equals(type)).findFirst();
    }
}
