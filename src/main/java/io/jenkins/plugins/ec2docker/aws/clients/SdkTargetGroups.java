package io.jenkins.plugins.ec2docker.aws.clients;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.protocol.QueryProtocol;
import io.jenkins.plugins.ec2docker.aws.protocol.XmlElement;
import java.util.List;
import java.util.Map;

/** Asks Elastic Load Balancing DescribeTargetHealth. */
public final class SdkTargetGroups implements TargetGroups {
    private final QueryProtocol calls;

    /** @param environment names another endpoint than AWS's own ({@code AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2}, {@code AWS_ENDPOINT_URL}) */
    public SdkTargetGroups(String region, Map<String, String> environment) {
        calls = new QueryProtocol(region, environment, "elasticloadbalancing", "ELASTIC_LOAD_BALANCING_V2", "2015-12-01");
    }

    @Override
    public List<TargetHealth> targets(SessionCredentials credentials, String targetGroupArn) throws AwsException {
        return calls.ask(credentials, "DescribeTargetHealth", Map.of("TargetGroupArn", targetGroupArn)).members("TargetHealthDescriptions")
                .stream()
                .map(target -> {
                    XmlElement health = target.child("TargetHealth");
                    String reason = health.text("Description").isEmpty() ? health.text("Reason") : health.text("Description");
                    return new TargetHealth(target.child("Target").text("Id") + ":" + target.child("Target").text("Port"),
                            health.text("State"), reason);
                })
                .toList();
    }
}
