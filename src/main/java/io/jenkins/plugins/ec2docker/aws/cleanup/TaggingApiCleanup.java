package io.jenkins.plugins.ec2docker.aws.cleanup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.clients.SdkAutoScalingGroups;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.protocol.JsonProtocol;
import io.jenkins.plugins.ec2docker.aws.protocol.QueryProtocol;
import io.jenkins.plugins.ec2docker.aws.protocol.XmlElement;
import io.jenkins.plugins.ec2docker.request.values.AwsNamePatterns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Asks the Resource Groups Tagging API GetResources, in the Region and, where there may be some, in us-east-1 for CloudFront and its
 * firewalls; and Auto Scaling DescribeAutoScalingGroups, for the API leaves groups out.
 */
public final class TaggingApiCleanup implements TaggedResources {
    private static final String GLOBAL = "us-east-1";
    private static final String DEPLOYMENT = "ec2-docker:deployment";
    private static final String NAME = "ec2-docker:name";
    /**
     * What {@link Ec2AndIamResources} finds, what comes and goes with a group, a service or an instance, and copies of what is kept, which get its
     * tags: backups that were asked for and have ends of their own.
     */
    private static final Set<String> ELSEWHERE = Set.of("application-autoscaling scalable-target",
            "ec2 instance", "ec2 volume", "ec2 security-group", "ec2 security-group-rule", "ec2 key-pair",
            "ec2 elastic-ip", "ec2 network-interface", "ec2 spot-instances-request", "ecs task", "iam role", "iam instance-profile",
            "backup recovery-point", "ec2 image", "ec2 snapshot", "rds snapshot");

    private final String region;
    private final Map<String, String> environment;
    private final boolean edge;
    private final ArnCleanup removal;

    /**
     * @param environment names other endpoints than AWS's own ({@code AWS_ENDPOINT_URL_RESOURCE_GROUPS_TAGGING_API},
     *     {@code AWS_ENDPOINT_URL})
     * @param edge whether there may be a CloudFront distribution; without, no other Region is asked, to which there may be no way
     */
    public TaggingApiCleanup(String region, Map<String, String> environment, boolean edge) {
        this.region = region;
        this.edge = edge;
        this.environment = Map.copyOf(environment);
        this.removal = new ArnCleanup(region, environment);
    }

    @Override
    public List<TaggedResource> find(SessionCredentials credentials) throws AwsException {
        Map<String, TaggedResource> found = new LinkedHashMap<>();
        ask(credentials, region, found);
        if (edge && !region.equals(GLOBAL) && AwsNamePatterns.partition(region).equals("aws")) {
            Map<String, TaggedResource> global = new LinkedHashMap<>();
            ask(credentials, GLOBAL, global);
            // What else is there is that region's, and a sweep of that region's to judge.
            global.values().stream().filter(each -> each.detail().startsWith("cloudfront ") || each.detail().startsWith("wafv2 ")).forEach(
                    each -> found.putIfAbsent(each.id(), each));
        }
        for (XmlElement group : new SdkAutoScalingGroups(region, environment).tagged(credentials, Ec2Cleanup.MANAGED_BY,
                Ec2Cleanup.PRODUCT)) {
            Map<String, String> tags = new TreeMap<>();
            group.members("Tags").forEach(tag -> tags.put(tag.text("Key"), tag.text("Value")));
            add(found, group.text("AutoScalingGroupARN"), tags);
        }
        List<TaggedResource> all = new ArrayList<>();
        for (TaggedResource each : found.values()) {
            all.add(each.kind() == ResourceKind.BACKUP_VAULT && !removal.isEmptyVault(credentials, each) ? each.as(ResourceKind.BACKUPS)
                    : each);
        }
        return List.copyOf(all);
    }

    @Override
    public boolean remove(SessionCredentials credentials, TaggedResource resource) throws AwsException {
        return removal.remove(credentials, resource);
    }

    private void ask(SessionCredentials credentials, String where, Map<String, TaggedResource> found) throws AwsException {
        JsonProtocol calls = new JsonProtocol(AwsSettings.of(where, environment),
                QueryProtocol.endpoint(where, environment, "tagging", "RESOURCE_GROUPS_TAGGING_API"), "tagging", "tag",
                "ResourceGroupsTaggingAPI_20170126");
        String next = "";
        do {
            ObjectNode question = JsonProtocol.question().put("ResourcesPerPage", 100);
            question.putArray("TagFilters").addObject().put("Key", Ec2Cleanup.MANAGED_BY).putArray("Values").add(Ec2Cleanup.PRODUCT);
            if (!next.isEmpty()) {
                question.put("PaginationToken", next);
            }
            JsonNode page = calls.ask(credentials, "GetResources", question);
            page.path("ResourceTagMappingList").forEach(mapping -> {
                Map<String, String> tags = new TreeMap<>();
                mapping.path("Tags").forEach(tag -> tags.put(tag.path("Key").asText(), tag.path("Value").asText()));
                add(found, mapping.path("ResourceARN").asText(), tags);
            });
            next = page.path("PaginationToken").asText("");
        } while (!next.isEmpty());
    }

    private static void add(Map<String, TaggedResource> found, String arn, Map<String, String> tags) {
        String type = kind(arn);
        if (!ELSEWHERE.contains(type)) {
            ResourceKind kind = ResourceKind.ofArn(type).orElse(ResourceKind.OTHER);
            found.putIfAbsent(arn, new TaggedResource(kind, arn, tags.getOrDefault(DEPLOYMENT, ""), tags.getOrDefault(NAME, ""), null,
                    kind == ResourceKind.OTHER ? type : "", null, null));
        }
    }

    /** Service and type, as an ARN has them: {@code arn:partition:service:region:account:type/id}. */
    public static String kind(String arn) {
        List<String> parts = new ArrayList<>(List.of(arn.split(":", 6)));
        if (parts.size() < 6) {
            return arn;
        }
        String[] resource = parts.get(5).split("[:/]", 2);
        return parts.get(2) + (resource.length == 2 ? " " + resource[0] : "");
    }
}
