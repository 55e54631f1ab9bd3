package io.jenkins.plugins.ec2docker.aws;

import io.jenkins.plugins.ec2docker.aws.ScalingGroup.Member;
import io.jenkins.plugins.ec2docker.aws.ScalingGroup.Refresh;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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

    /** The groups that carry a tag, each as its answer has it. */
    List<Xml> tagged(SessionCredentials credentials, String key, String value) throws AwsRefusal {
        List<Xml> groups = new ArrayList<>();
        String next = "";
        do {
            Map<String, String> parameters = new TreeMap<>(Map.of("Filters.member.1.Name", "tag:" + key, "Filters.member.1.Values.member.1", value));
            if (!next.isEmpty()) {
                parameters.put("NextToken", next);
            }
            Xml page = calls.ask(credentials, "DescribeAutoScalingGroups", parameters);
            groups.addAll(page.members("AutoScalingGroups"));
            next = page.text("NextToken");
        } while (!next.isEmpty());
        return groups;
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
