package io.jenkins.plugins.ec2docker.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.cleanup.TaggingApiCleanup;
import io.jenkins.plugins.ec2docker.aws.clients.AutoScalingGroup;
import io.jenkins.plugins.ec2docker.aws.clients.EcsService;
import io.jenkins.plugins.ec2docker.aws.clients.SdkAutoScalingGroups;
import io.jenkins.plugins.ec2docker.aws.clients.SdkEcsServices;
import io.jenkins.plugins.ec2docker.aws.clients.SdkTargetGroups;
import io.jenkins.plugins.ec2docker.aws.clients.TargetHealth;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What is read of the answers of Auto Scaling, Elastic Load Balancing, ECS and the Resource Groups Tagging API. Their form is that of the examples in
 * the services' API references.
 */
class FleetAnswersTest {
    private static final SessionCredentials KEYS = SessionCredentials.ofUser("AKIATESTTESTTEST4711", "secret");

    @Test
    void a_group_with_its_instances_is_read() throws Exception {
        try (AwsWire aws = new AwsWire().then(200, """
                <DescribeAutoScalingGroupsResponse xmlns="https://autoscaling.amazonaws.com/doc/2011-01-01/"><DescribeAutoScalingGroupsResult>
                  <AutoScalingGroups><member><AutoScalingGroupName>shop-1</AutoScalingGroupName><DesiredCapacity>2</DesiredCapacity><Instances>
                    <member><InstanceId>i-1</InstanceId><LifecycleState>InService</LifecycleState><HealthStatus>Healthy</HealthStatus>
                      <LaunchTemplate><LaunchTemplateId>lt-1</LaunchTemplateId><Version>3</Version></LaunchTemplate></member>
                    <member><InstanceId>i-2</InstanceId><LifecycleState>Pending:Wait</LifecycleState><HealthStatus>Healthy</HealthStatus></member>
                  </Instances></member></AutoScalingGroups>
                </DescribeAutoScalingGroupsResult></DescribeAutoScalingGroupsResponse>""")) {
            assertThat(new SdkAutoScalingGroups("eu-central-1", to(aws)).group(KEYS, "shop-1")).contains(new AutoScalingGroup(2, List.of(
                    new AutoScalingGroup.Member("i-1", "InService", "Healthy", "3"),
                    new AutoScalingGroup.Member("i-2", "Pending:Wait", "Healthy", ""))));
            assertThat(aws.asked().get(0)).containsEntry("Action", "DescribeAutoScalingGroups")
                    .containsEntry("AutoScalingGroupNames.member.1", "shop-1");
        }
    }

    @Test
    void the_latest_refresh_and_the_latest_failure_are_read() throws Exception {
        try (AwsWire aws = new AwsWire().then(200, """
                <DescribeInstanceRefreshesResponse><DescribeInstanceRefreshesResult><InstanceRefreshes>
                  <member><Status>RollbackSuccessful</Status><PercentageComplete>100</PercentageComplete><StatusReason>Alarm &lt;a&gt;</StatusReason></member>
                  <member><Status>Successful</Status></member>
                </InstanceRefreshes></DescribeInstanceRefreshesResult></DescribeInstanceRefreshesResponse>""").then(200, """
                <DescribeScalingActivitiesResponse><DescribeScalingActivitiesResult><Activities>
                  <member><StatusCode>Failed</StatusCode><StatusMessage>no capacity</StatusMessage></member>
                </Activities></DescribeScalingActivitiesResult></DescribeScalingActivitiesResponse>""")) {
            SdkAutoScalingGroups groups = new SdkAutoScalingGroups("eu-central-1", to(aws));
            assertThat(groups.latestRefresh(KEYS, "shop-1")).contains(new AutoScalingGroup.Refresh("RollbackSuccessful", 100, "Alarm <a>"));
            assertThat(groups.latestFailure(KEYS, "shop-1")).contains("no capacity");
        }
    }

    @Test
    void the_health_of_targets_is_read_with_its_reason() throws Exception {
        try (AwsWire aws = new AwsWire().then(200, """
                <DescribeTargetHealthResponse><DescribeTargetHealthResult><TargetHealthDescriptions>
                  <member><Target><Id>i-1</Id><Port>8080</Port></Target><TargetHealth><State>healthy</State></TargetHealth></member>
                  <member><Target><Id>i-2</Id><Port>8080</Port></Target><TargetHealth><State>unhealthy</State><Reason>Target.ResponseCodeMismatch</Reason>
                    <Description>Health checks failed with these codes: [500]</Description></TargetHealth></member>
                </TargetHealthDescriptions></DescribeTargetHealthResult></DescribeTargetHealthResponse>""")) {
            assertThat(new SdkTargetGroups("eu-central-1", to(aws)).targets(KEYS, "arn:tg")).containsExactly(
                    new TargetHealth("i-1:8080", "healthy", ""),
                    new TargetHealth("i-2:8080", "unhealthy", "Health checks failed with these codes: [500]"));
        }
    }

    @Test
    void a_service_and_the_ends_of_its_tasks_are_read() throws Exception {
        try (AwsWire aws = new AwsWire().then(200, """
                {"services": [{"status": "ACTIVE", "deployments": [
                  {"status": "ACTIVE", "taskDefinition": "d:1", "runningCount": 2, "desiredCount": 2, "rolloutState": "COMPLETED"},
                  {"status": "PRIMARY", "taskDefinition": "d:2", "runningCount": 0, "desiredCount": 2, "rolloutState": "IN_PROGRESS", "rolloutStateReason": "in progress"}]}]}
                """).then(200, "{\"taskArns\": [\"t1\", \"t2\"]}").then(200, """
                {"tasks": [{"taskDefinitionArn": "d:2", "stoppedAt": 1.0, "stoppedReason": "Scaling activity"},
                  {"taskDefinitionArn": "d:2", "stoppedAt": 2.5, "stoppedReason": "Essential container in task exited", "containers": [
                    {"name": "api", "exitCode": 137, "reason": "OutOfMemoryError: Container killed due to memory usage"}, {"name": "side", "exitCode": 0}]},
                  {"taskDefinitionArn": "d:1", "stoppedAt": 3, "stoppedReason": "another's"}]}
                """)) {
            SdkEcsServices containers = new SdkEcsServices("eu-central-1", to(aws));
            assertThat(containers.service(KEYS, "shop", "api").orElseThrow().deployments()).containsExactly(
                    new EcsService.Deployment("d:2", true, 0, 2, "IN_PROGRESS", "in progress"),
                    new EcsService.Deployment("d:1", false, 2, 2, "COMPLETED", ""));
            assertThat(containers.ends(KEYS, "shop", "api", "d:2")).containsExactly(
                    "Essential container in task exited; container api ended with code 137: OutOfMemoryError: Container killed due to memory usage",
                    "Scaling activity");
        }
    }

    @Test
    void a_missing_permission_is_named() {
        try (AwsWire aws = new AwsWire().then(403,
                """
                <ErrorResponse><Error><Code>AccessDenied</Code><Message>User: arn:aws:iam::123456789012:user/ci is not authorized to perform:
                elasticloadbalancing:DescribeTargetHealth because no identity-based policy allows it</Message></Error></ErrorResponse>""")) {
            assertThatThrownBy(() -> new SdkTargetGroups("eu-central-1", to(aws)).targets(KEYS, "arn:tg"))
                    .hasMessage("arn:aws:iam::123456789012:user/ci is not allowed to call elasticloadbalancing:DescribeTargetHealth. Add"
                            + " elasticloadbalancing:DescribeTargetHealth to its policies; docs/aws-permissions.md lists what is needed.");
        }
    }

    @Test
    void a_call_that_is_throttled_with_http_400_is_made_again() throws Exception {
        String inXml = "<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>";
        String inJson = "{\"__type\":\"com.amazonaws.ecs#ThrottlingException\",\"message\":\"Rate exceeded\"}";
        try (AwsWire aws = new AwsWire().then(400, inXml).then(200, "<DescribeAutoScalingGroupsResponse/>")) {
            assertThat(new SdkAutoScalingGroups("eu-central-1", to(aws)).group(KEYS, "shop-1")).isEmpty();
        }
        try (AwsWire aws = new AwsWire().then(400, inJson).then(200, "{\"services\": []}")) {
            assertThat(new SdkEcsServices("eu-central-1", to(aws)).service(KEYS, "shop-1", "containers")).isEmpty();
        }
        for (String answer : List.of(inXml, inJson)) {
            try (AwsWire aws = new AwsWire().then(400, answer).then(400, answer).then(400, answer)) {
                assertThatThrownBy(() -> new SdkEcsServices("eu-central-1", to(aws)).service(KEYS, "shop-1", "containers"))
                        .isInstanceOfSatisfying(AwsException.class, refusal -> assertThat(refusal.passing()).isTrue())
                        .hasMessageContaining("because the account makes too many calls at the moment");
                assertThat(aws.asked()).hasSize(3);
            }
        }
    }

    @Test
    void an_answer_with_a_document_type_is_none() {
        try (AwsWire aws = new AwsWire().then(200, "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>")) {
            assertThatThrownBy(() -> new SdkTargetGroups("eu-central-1", to(aws)).targets(KEYS, "arn:tg"))
                    .hasMessage("AWS elasticloadbalancing in eu-central-1 gave no answer of AWS to DescribeTargetHealth.");
        }
    }

    @Test
    void an_arn_says_what_it_is_of() {
        assertThat(TaggingApiCleanup.kind("arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-1")).isEqualTo("ec2 vpc");
        assertThat(TaggingApiCleanup.kind("arn:aws:rds:eu-central-1:123456789012:db:shop-1")).isEqualTo("rds db");
        assertThat(TaggingApiCleanup.kind("arn:aws:s3:::shop-1-files")).isEqualTo("s3");
        assertThat(TaggingApiCleanup
                .kind("arn:aws:autoscaling:eu-central-1:123456789012:autoScalingGroup:u-u-i-d:autoScalingGroupName/shop-1"))
                .isEqualTo("autoscaling autoScalingGroup");
    }

    private static Map<String, String> to(AwsWire aws) {
        return Map.of("AWS_ENDPOINT_URL", aws.endpoint().toString());
    }
}
