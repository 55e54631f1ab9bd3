package io.jenkins.plugins.ec2docker.aws.clients;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.clients.AutoScalingGroup.Member;
import io.jenkins.plugins.ec2docker.aws.clients.AutoScalingGroup.Refresh;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.protocol.QueryProtocol;
import io.jenkins.plugins.ec2docker.aws.protocol.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Asks Auto Scaling DescribeAutoScalingGroups, DescribeInstanceRefreshes and DescribeScalingActivities. */
public final class SdkAutoScalingGroups implements AutoScalingGroups {
    private final QueryProtocol calls;

    /** @param environment names another endpoint than AWS's own ({@code AWS_ENDPOINT_URL_AUTO_SCALING}, {@code AWS_ENDPOINT_URL}) */
    public SdkAutoScalingGroups(String region, Map<String, String> environment) {
        calls = new QueryProtocol(region, environment, "autoscaling", "AUTO_SCALING", "2011-01-01");
    }

    @Override
    public Optional<AutoScalingGroup> group(SessionCredentials credentials, String name) throws AwsException {
        return calls.ask(credentials, "DescribeAutoScalingGroups", Map.of("AutoScalingGroupNames.member.1", name))
                .members("AutoScalingGroups").stream()
                .findFirst()
                .map(group -> new AutoScalingGroup(group.number("DesiredCapacity"), group.members("Instances").stream()
                        .map(member -> new Member(member.text("InstanceId"), member.text("LifecycleState"), member.text("HealthStatus"),
                                member.child("LaunchTemplate").text("Version")))
                        .toList()));
    }

    /** The groups that carry a tag, each as its answer has it. */
    public List<XmlElement> tagged(SessionCredentials credentials, String key, String value) throws AwsException {
        List<XmlElement> groups = new ArrayList<>();
        String next = "";
        do {
            Map<String, String> parameters =
                    new TreeMap<>(Map.of("Filters.member.1.Name", "tag:" + key, "Filters.member.1.Values.member.1", value));
            if (!next.isEmpty()) {
                parameters.put("NextToken", next);
            }
            XmlElement page = calls.ask(credentials, "DescribeAutoScalingGroups", parameters);
            groups.addAll(page.members("AutoScalingGroups"));
            next = page.text("NextToken");
        } while (!next.isEmpty());
        return groups;
    }

    @Override
    public Optional<Refresh> latestRefresh(SessionCredentials credentials, String name) throws AwsException {
        return calls.ask(credentials, "DescribeInstanceRefreshes", Map.of("AutoScalingGroupName", name)).members("InstanceRefreshes")
                .stream()
                .findFirst()
                .map(refresh -> new Refresh(refresh.text("Status"), refresh.number("PercentageComplete"), refresh.text("StatusReason")));
    }

    @Override
    public Optional<String> latestFailure(SessionCredentials credentials, String name) throws AwsException {
        return calls.ask(credentials, "DescribeScalingActivities", Map.of("AutoScalingGroupName", name, "MaxRecords", "1"))
                .members("Activities").stream()
                .findFirst()
                .filter(activity -> activity.text("StatusCode").equals("Failed") || activity.text("StatusCode").equals("Cancelled"))
                .map(activity -> activity.text("StatusMessage"));
    }
}
