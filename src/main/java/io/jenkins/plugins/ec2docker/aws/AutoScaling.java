package io.jenkins.plugins.ec2docker.aws;

import io.jenkins.plugins.ec2docker.aws.ScalingGroup.Member;
import io.jenkins.plugins.ec2docker.aws.ScalingGroup.Refresh;
import java.util.Map;
import java.util.Optional;

/** Asks Auto Scaling DescribeAutoScalingGroups, DescribeInstanceRefreshes and DescribeScalingActivities. */
public final class AutoScaling implements ScalingGroups {
    private final QueryCalls calls;

    /** @param environment names another endpoint than AWS's own ({@code AWS_ENDPOINT_URL_AUTO_SCALING}, {@code AWS_ENDPOINT_URL}) */
    public AutoScaling(String region, Map<String, String> environment) {
        calls = new QueryCalls(region, environment, "autoscaling", "AUTO_SCALING", "2011-01-01");
    }

    @Override
    public Optional<ScalingGroup> group(SessionCredentials credentials, String name) throws AwsRefusal {
        return calls.ask(credentials, "DescribeAutoScalingGroups", Map.of("AutoScalingGroupNames.member.1", name)).members("AutoScalingGroups").stream()
                .findFirst()
                .map(group -> new ScalingGroup(group.number("DesiredCapacity"), group.members("Instances").stream()
                        .map(member -> new Member(member.text("InstanceId"), member.text("LifecycleState"), member.text("HealthStatus"),
                                member.child("LaunchTemplate").text("Version")))
                        .toList()));
    }

    @Override
    public Optional<Refresh> latestRefresh(SessionCredentials credentials, String name) throws AwsRefusal {
        return calls.ask(credentials, "DescribeInstanceRefreshes", Map.of("AutoScalingGroupName", name)).members("InstanceRefreshes").stream()
                .findFirst()
                .map(refresh -> new Refresh(refresh.text("Status"), refresh.number("PercentageComplete"), refresh.text("StatusReason")));
    }

    @Override
    public Optional<String> latestFailure(SessionCredentials credentials, String name) throws AwsRefusal {
        return calls.ask(credentials, "DescribeScalingActivities", Map.of("AutoScalingGroupName", name, "MaxRecords", "1")).members("Activities").stream()
                .findFirst()
                .filter(activity -> activity.text("StatusCode").equals("Failed") || activity.text("StatusCode").equals("Cancelled"))
                .map(activity -> activity.text("StatusMessage"));
    }
}
