package io.jenkins.plugins.ec2docker.aws.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ec2docker.aws.AwsWire;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What AWS does not remove at once, or not at all; in moto all is gone at once. The answers have the form of the services' API references. */
class ArnCleanupTest {
    private static final SessionCredentials KEYS = SessionCredentials.ofUser("AKIATESTTESTTEST4711", "secret");
    private static final String HERE = ":eu-central-1:123456789012:";
    private static final String BALANCER = "arn:aws:elasticloadbalancing" + HERE + "loadbalancer/app/shop-1/50dc6c495c0c9188";

    @Test
    void a_gateway_on_its_way_out_is_in_use_and_is_not_told_to_go_again() {
        try (AwsWire aws = new AwsWire().then(200,
                """
                <DescribeNatGatewaysResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><natGatewaySet>
                  <item><natGatewayId>nat-1</natGatewayId><state>deleting</state></item></natGatewaySet></DescribeNatGatewaysResponse>""")) {
            assertInUse(aws, ResourceKind.NAT_GATEWAY, "arn:aws:ec2" + HERE + "natgateway/nat-1",
                    "NAT gateway nat-1 is still being deleted; sweep again later.");
            assertThat(aws.actions()).containsExactly("DescribeNatGateways");
        }
    }

    @Test
    void a_gateway_that_is_gone_and_that_aws_still_lists_is_none_that_was_removed() throws Exception {
        try (AwsWire aws = new AwsWire().then(200, """
                <DescribeNatGatewaysResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><natGatewaySet>
                  <item><natGatewayId>nat-1</natGatewayId><state>deleted</state></item></natGatewaySet></DescribeNatGatewaysResponse>""")) {
            assertThat(remove(aws, ResourceKind.NAT_GATEWAY, "arn:aws:ec2" + HERE + "natgateway/nat-1")).isFalse();
        }
    }

    @Test
    void a_group_is_in_use_until_its_instances_are_gone() {
        try (AwsWire aws =
                new AwsWire().then(200, group("")).then(200, "<DeleteAutoScalingGroupResponse/>").then(200, group("Delete in progress"))) {
            String arn = "arn:aws:autoscaling" + HERE + "autoScalingGroup:u-u-i-d:autoScalingGroupName/shop-1";
            assertInUse(aws, ResourceKind.SCALING_GROUP, arn,
                    "Auto Scaling group shop-1 is still being deleted with its instances; sweep again later.");
            assertInUse(aws, ResourceKind.SCALING_GROUP, arn,
                    "Auto Scaling group shop-1 is still being deleted with its instances; sweep again later.");
            assertThat(aws.asked().get(1)).containsEntry("Action", "DeleteAutoScalingGroup").containsEntry("ForceDelete", "true");
            assertThat(aws.actions().subList(2, aws.actions().size())).containsOnly("DescribeAutoScalingGroups");
        }
    }

    @Test
    void a_service_is_in_use_while_its_tasks_drain() {
        try (AwsWire aws = new AwsWire().then(200, "{\"services\": [{\"status\": \"DRAINING\"}]}")) {
            assertInUse(aws, ResourceKind.TASK_SERVICE, "arn:aws:ecs" + HERE + "service/shop-1/containers",
                    "Service shop-1/containers is still being deleted with its tasks; sweep again later.");
        }
    }

    @Test
    void a_subnet_in_which_something_still_is_is_in_use() {
        try (AwsWire aws = new AwsWire().then(400, """
                <Response><Errors><Error><Code>DependencyViolation</Code><Message>The subnet 'subnet-1' has dependencies and cannot be deleted.</Message>
                </Error></Errors><RequestID>1</RequestID></Response>""")) {
            assertThatThrownBy(() -> remove(aws, ResourceKind.SUBNET, "arn:aws:ec2" + HERE + "subnet/subnet-1"))
                    .isInstanceOfSatisfying(AwsException.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.IN_USE))
                    .hasMessageContaining("The subnet 'subnet-1' has dependencies and cannot be deleted.");
        }
    }

    @Test
    void a_load_balancer_that_is_gone_is_not_told_to_go() throws Exception {
        try (AwsWire aws = new AwsWire().then(400, """
                <ErrorResponse><Error><Type>Sender</Type><Code>LoadBalancerNotFound</Code><Message>One or more load balancers not found</Message></Error>
                </ErrorResponse>""")) {
            assertThat(remove(aws, ResourceKind.LOAD_BALANCER, BALANCER)).isFalse();
            assertThat(aws.actions()).containsExactly("DescribeLoadBalancers");
        }
    }

    @Test
    void a_protected_load_balancer_stays_and_aws_says_why() {
        try (AwsWire aws = new AwsWire().then(200, "<DescribeLoadBalancersResponse/>").then(400, """
                <ErrorResponse><Error><Code>OperationNotPermitted</Code><Message>Load balancer cannot be deleted because deletion protection is enabled
                </Message></Error></ErrorResponse>""")) {
            assertThatThrownBy(() -> remove(aws, ResourceKind.LOAD_BALANCER, BALANCER))
                    .hasMessageContaining("deletion protection is enabled");
        }
    }

    @Test
    void a_vault_is_only_empty_where_aws_says_so() throws Exception {
        String mapping = """
                {"ResourceTagMappingList": [{"ResourceARN": "arn:aws:backup:us-east-1:123456789012:backup-vault:shop-1", "Tags": []}]}""";
        String none = "<DescribeAutoScalingGroupsResponse/>";
        for (Map.Entry<String, ResourceKind> each : Map.of("{\"NumberOfRecoveryPoints\": 0}", ResourceKind.BACKUP_VAULT,
                "{\"NumberOfRecoveryPoints\": 3}", ResourceKind.BACKUPS, "{}", ResourceKind.BACKUPS).entrySet()) {
            try (AwsWire aws = new AwsWire().then(200, mapping).then(200, none).then(200, each.getKey())) {
                assertThat(new TaggingApiCleanup("us-east-1", to(aws), true).find(KEYS)).extracting(TaggedResource::kind)
                        .containsExactly(each.getValue());
            }
        }
    }

    @Test
    void what_is_in_the_region_of_cloudfront_is_for_a_sweep_of_that_region() throws Exception {
        try (AwsWire aws = new AwsWire().then(200, "{\"ResourceTagMappingList\": []}").then(200, """
                {"ResourceTagMappingList": [{"ResourceARN": "arn:aws:ec2:us-east-1:123456789012:vpc/vpc-1", "Tags": []},
                  {"ResourceARN": "arn:aws:cloudfront::123456789012:distribution/E1", "Tags": []}]}""").then(200,
                "<DescribeAutoScalingGroupsResponse/>")) {
            assertThat(new TaggingApiCleanup("eu-central-1", to(aws), true).find(KEYS)).extracting(TaggedResource::toString)
                    .containsExactly("resource arn:aws:cloudfront::123456789012:distribution/E1");
        }
    }

    @Test
    void without_cloudfront_no_other_region_is_asked() throws Exception {
        try (AwsWire aws =
                new AwsWire().then(200, "{\"ResourceTagMappingList\": []}").then(200, "<DescribeAutoScalingGroupsResponse/>")) {
            assertThat(new TaggingApiCleanup("eu-central-1", to(aws), false).find(KEYS)).isEmpty();
            assertThat(aws.asked()).hasSize(2);
        }
    }

    @Test
    void data_are_removed_by_nobody() {
        try (AwsWire aws = new AwsWire().then(200, "")) {
            for (ResourceKind kind : List.of(ResourceKind.DATABASE, ResourceKind.BUCKET, ResourceKind.IMAGE_REPOSITORY,
                    ResourceKind.BACKUPS, ResourceKind.ENCRYPTION_KEY)) {
                assertThatThrownBy(() -> remove(aws, kind, "arn:aws:rds" + HERE + "db:shop-1"))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(aws.asked()).isEmpty();
        }
    }

    private static String group(String status) {
        return "<DescribeAutoScalingGroupsResponse><DescribeAutoScalingGroupsResult><AutoScalingGroups><member><AutoScalingGroupName>shop-1"
                + "</AutoScalingGroupName>" + (status.isEmpty() ? "" : "<Status>" + status + "</Status>")
                + "</member></AutoScalingGroups></DescribeAutoScalingGroupsResult></DescribeAutoScalingGroupsResponse>";
    }

    private static void assertInUse(AwsWire aws, ResourceKind kind, String arn, String message) {
        assertThatThrownBy(() -> remove(aws, kind, arn)).hasMessage(message)
                .isInstanceOfSatisfying(AwsException.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.IN_USE));
    }

    private static boolean remove(AwsWire aws, ResourceKind kind, String arn) throws AwsException {
        return new TaggingApiCleanup("eu-central-1", to(aws), true).remove(KEYS,
                new TaggedResource(kind, arn, "shop-1", "shop", null, "", null, null));
    }

    private static Map<String, String> to(AwsWire aws) {
        return Map.of("AWS_ENDPOINT_URL", aws.endpoint().toString());
    }
}
