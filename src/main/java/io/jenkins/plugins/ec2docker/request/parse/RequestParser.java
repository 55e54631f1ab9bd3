package io.jenkins.plugins.ec2docker.request.parse;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.document.DocumentNode;
import io.jenkins.plugins.ec2docker.request.document.DocumentSection;
import io.jenkins.plugins.ec2docker.request.document.ReadMode;
import io.jenkins.plugins.ec2docker.request.model.Container;
import io.jenkins.plugins.ec2docker.request.model.Disk;
import io.jenkins.plugins.ec2docker.request.model.HealthEndpoint;
import io.jenkins.plugins.ec2docker.request.model.MachineImage;
import io.jenkins.plugins.ec2docker.request.model.Network;
import io.jenkins.plugins.ec2docker.request.model.OnFailure;
import io.jenkins.plugins.ec2docker.request.model.OnImageChange;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.model.Role;
import io.jenkins.plugins.ec2docker.request.model.WorkingHoursSchedule;
import io.jenkins.plugins.ec2docker.request.schema.BlueprintFields;
import io.jenkins.plugins.ec2docker.request.schema.ContainersSchema;
import io.jenkins.plugins.ec2docker.request.schema.DiskSchema;
import io.jenkins.plugins.ec2docker.request.schema.HealthSchema;
import io.jenkins.plugins.ec2docker.request.schema.NetworkSchema;
import io.jenkins.plugins.ec2docker.request.schema.PublishedPorts;
import io.jenkins.plugins.ec2docker.request.schema.RoleSchema;
import io.jenkins.plugins.ec2docker.request.schema.ScheduleSchema;
import io.jenkins.plugins.ec2docker.request.schema.TagsField;
import io.jenkins.plugins.ec2docker.request.values.AwsNamePatterns;
import io.jenkins.plugins.ec2docker.request.values.MailAddress;
import io.jenkins.plugins.ec2docker.request.values.ParseResult;
import io.jenkins.plugins.ec2docker.request.values.SshPublicKey;
import io.jenkins.plugins.ec2docker.request.values.ViolationCollector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a request from a document and checks it as a whole; the one way in for every entry point. One class reads each section. */
public final class RequestParser {
    /** Part of names that AWS limits to 64 characters (IAM roles), with a suffix of our own. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    private static final Duration SHORTEST_LIFE = Duration.ofMinutes(10);
    private static final Duration LONGEST_LIFE = Duration.ofDays(365);

    private static final String[] FIELDS = {
        "name", "blueprint", "region", "instanceType", "role", "containers", "users", "requester", "machineImage", "network", "disk",
        "sshPublicKey", "keyName", "spot", "expiresAfter", "schedule", "tags", "health", "onFailure",
        "onImageChange", "environment", "scaling", "loadBalancer", "database", "monitoring", "backup", "edge", "registry", "bastion",
        "imageRelease", "instancePolicy", "task"
    };

    private RequestParser() {}

    /**
     * The request, or all that is wrong with the document.
     *
     * @param document maps, lists and leaves; leaves may be text, numbers and booleans; null counts as absent
     */
    public static ParseResult<ProvisionRequest> parse(Map<String, ?> document) {
        ViolationCollector problems = new ViolationCollector();
        ProvisionRequest request = read(document, problems, ReadMode.STRICT);
        return request == null ? new ParseResult.Invalid<>(problems.list()) : new ParseResult.Valid<>(request);
    }

    /**
     * The request of a document in {@link ReadMode#STORED}, whatever else is in it.
     *
     * @param document has a name, a blueprint and a region, as text; a name or region that is empty stays empty
     * @param problems all that is wrong with it
     */
    static ProvisionRequest stored(Map<String, ?> document, ViolationCollector problems) {
        return Objects.requireNonNull(read(document, problems, ReadMode.STORED));
    }

    /** The fields that the blueprint knows, and those of other blueprints that are given: these have a sentence of their own. */
    private static String[] known(Map<String, ?> document) {
        Object named = document.get("blueprint");
        String blueprint =
                named != null && BlueprintFields.BLUEPRINTS.contains(named.toString()) ? named.toString() : BlueprintFields.INSTANCE;
        return Stream.of(FIELDS)
                .filter(field -> BlueprintFields.isKnown(field, blueprint) || document.get(field) != null)
                .toArray(String[]::new);
    }

    /** Null where something is wrong, in mode STRICT. */
    @CheckForNull
    private static ProvisionRequest read(Map<String, ?> document, ViolationCollector problems, ReadMode mode) {
        DocumentSection fields = DocumentSection.root(document, problems, mode, known(document));
        String name = fields.required("name", "web-shop").text(NAME.asMatchPredicate(),
                "must be 1 to 32 lower-case letters, digits and hyphens, beginning with a letter; for example web-shop.");
        if (name != null && name.matches("sg(-.*)?")) {
            // docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html, "GroupName".
            name = fields.get("name").refuse(name,
                    "makes names that begin with sg-, which AWS keeps for the ids of security groups; choose another one.");
        }
        int before = problems.count();
        String blueprint = blueprint(fields.get("blueprint"));
        if (problems.count() == before) {
            BlueprintFields.check(fields, blueprint);
        }
        boolean instances = BlueprintFields.isKnown("instanceType", blueprint);
        Map<String, Object> sections = SectionReader.read(fields, blueprint);
        String region = region(fields.required("region", "eu-central-1"));
        if (region != null && sections.get("edge") instanceof Map && !AwsNamePatterns.partition(region).equals("aws")) {
            fields.get("edge").refuse("is CloudFront, with its firewall and certificates in us-east-1, and Region " + region
                    + " is of partition " + AwsNamePatterns.partition(region) + ", which reaches neither; write edge: none.");
        }
        String instanceType = instances ? instanceType(fields, SectionReader.usualInstanceType(fields, sections, blueprint))
                : own(fields, "instanceType", blueprint).text();
        Role role = RoleSchema.read(fields.get("role"));
        MachineImage machineImage = machineImage(own(fields, "machineImage", blueprint));
        Network network = NetworkSchema.read(fields.get("network"), blueprint);
        PublishedPorts published = new PublishedPorts(machineImage, network, blueprint);
        DocumentNode containersNode = fields.required("containers", "[{image: nginx, ports: [\"80:80\"]}]");
        List<Container> containers = ContainersSchema.read(containersNode, published, blueprint);
        if (!blueprint.equals(BlueprintFields.INSTANCE) && containersNode.isList() && published.isEmpty()) {
            containersNode.refuse("publish no port over TCP, to which the load balancer of blueprint " + blueprint
                    + " could send requests; publish one, for example ports: [\"80:80\"].");
        }
        String users = own(fields, "users", blueprint).text();
        List<String> requester = requester(fields.get("requester"));
        Disk disk = DiskSchema.read(own(fields, "disk", blueprint), region);
        if (blueprint.equals(BlueprintFields.AUTOSCALED) && disk.kmsKeyId() != null) {
            own(fields, "disk", blueprint).refuse(
                    "names a kmsKeyId, but with blueprint autoscaled a key of the deployment's own encrypts the disks; leave it out.");
        }
        String sshPublicKey = sshPublicKey(own(fields, "sshPublicKey", blueprint));
        String keyName = keyName(own(fields, "keyName", blueprint), !own(fields, "sshPublicKey", blueprint).isAbsent());
        Boolean spot = own(fields, "spot", blueprint).bool();
        Duration expiresAfter = fields.get("expiresAfter").duration(SHORTEST_LIFE, LONGEST_LIFE);
        WorkingHoursSchedule schedule = ScheduleSchema.read(own(fields, "schedule", blueprint), Boolean.TRUE.equals(spot));
        Map<String, String> tags = TagsField.read(fields.get("tags"));
        HealthEndpoint health = HealthSchema.read(fields.get("health"), published);
        OnFailure onFailure = onFailure(fields.get("onFailure"));
        OnImageChange onImageChange = onImageChange(own(fields, "onImageChange", blueprint));
        if (mode == ReadMode.STRICT && !problems.isEmpty()) {
            return null;
        }
        // A stored request may lack both, and so may what is known of its deployment.
        return ProvisionRequest.builder(Objects.requireNonNullElse(name, ""), blueprint, Objects.requireNonNullElse(region, ""))
                .instanceType(instanceType).role(role).containers(containers).users(users).requester(requester)
                .machineImage(machineImage).network(network).disk(disk).sshPublicKey(sshPublicKey).keyName(keyName)
                .spot(Boolean.TRUE.equals(spot)).expiresAfter(expiresAfter).schedule(schedule).tags(tags).health(health)
                .onFailure(onFailure).onImageChange(onImageChange).sections(sections)
                .build();
    }

    /**
     * A field that not every blueprint knows. For one that does not, {@link BlueprintFields} has noted it, and it is absent unless the document
     * is a stored one.
     */
    private static DocumentNode own(DocumentSection fields, String field, String blueprint) {
        DocumentNode given = fields.find(field);
        return given != null && (BlueprintFields.isKnown(field, blueprint) || fields.isStored()) ? given : fields.absent(field);
    }

    private static String blueprint(DocumentNode node) {
        String blueprint = node.text(BlueprintFields.BLUEPRINTS::contains,
                "must be a bundled blueprint: " + String.join(", ", BlueprintFields.BLUEPRINTS) + ".");
        return Objects.requireNonNullElse(blueprint, BlueprintFields.BLUEPRINTS.get(0));
    }

    @CheckForNull
    private static String region(DocumentNode node) {
        String region = node.text();
        if (region != null && AwsNamePatterns.AVAILABILITY_ZONE.test(region)) {
            return node.refuse(region, "is an Availability Zone; write its Region, " + region.substring(0, region.length() - 1) + ".");
        }
        boolean good = region == null || AwsNamePatterns.REGION.test(region);
        return good ? region : node.refuse(region, "must be the code of an AWS Region; for example eu-central-1.");
    }

    /** @param usual what stands for it where it is not given, or null */
    @CheckForNull
    private static String instanceType(DocumentSection fields, @CheckForNull String usual) {
        DocumentNode node = fields.get("instanceType");
        if (node.isAbsent() && usual != null) {
            return usual;
        }
        fields.required("instanceType", "t3.small");
        String type = node.text(AwsNamePatterns.INSTANCE_TYPE,
                "must be an EC2 instance type, family and size; for example t3.small or m7g.large.");
        // docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-mac-instances.html: they run macOS alone, on dedicated hosts.
        return type != null && type.startsWith("mac")
                ? node.refuse(type, "is a Mac, which runs no Linux containers; choose a Linux type, for example m7g.large.")
                : type;
    }

    private static MachineImage machineImage(DocumentNode node) {
        String text = node.text();
        if (text != null) {
            for (MachineImage.Kind kind : MachineImage.Kind.values()) {
                if (text.equals(kind.text())) {
                    return kind.image();
                }
            }
            if (AwsNamePatterns.IMAGE_ID.test(text)) {
                return new MachineImage(MachineImage.Kind.AMI, text);
            }
            MachineImage unchecked = node.refuse(new MachineImage(MachineImage.Kind.AMI, text),
                    "must be ubuntu-22.04, ubuntu-24.04, al2023 or an image id, ami- and 8 or 17 hexadecimal digits.");
            if (unchecked != null) {
                return unchecked;
            }
        }
        return MachineImage.Kind.UBUNTU_22_04.image();
    }

    private static List<String> requester(DocumentNode node) {
        List<String> addresses = new ArrayList<>();
        for (DocumentNode item : node.items()) {
            String address = item.isAbsent()
                    ? item.refuse("is empty; give a mail address or remove the line.")
                    : item.text(MailAddress::isValid, MailAddress.RULE);
            if (address != null && !addresses.contains(address)) {
                addresses.add(address);
            }
        }
        return addresses;
    }

    @CheckForNull
    private static String sshPublicKey(DocumentNode node) {
        String key = node.freeText();
        if (key == null) {
            return null;
        }
        return SshPublicKey.problem(key).map(problem -> node.<String>refuseUnseen(problem)).orElse(key.strip());
    }

    @CheckForNull
    private static String keyName(DocumentNode node, boolean withPublicKey) {
        if (!node.isAbsent() && withPublicKey
                && node.rejects(
                        "cannot stand beside sshPublicKey; keep keyName for a key pair that EC2 has, sshPublicKey for a new one.")) {
            return null;
        }
        // docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateKeyPair.html, "KeyName".
        return node.text(name -> name.length() <= 255 && name.chars().allMatch(c -> c < 128),
                "must be at most 255 ASCII characters, the name of an EC2 key pair.");
    }

    private static OnFailure onFailure(DocumentNode node) {
        String text = node.text();
        if (text != null) {
            for (OnFailure choice : OnFailure.values()) {
                if (choice.text().equals(text)) {
                    return choice;
                }
            }
            node.refuse("must be destroy or keep.");
        }
        return OnFailure.DESTROY;
    }

    private static OnImageChange onImageChange(DocumentNode node) {
        String text = node.text();
        if (text != null) {
            for (OnImageChange choice : OnImageChange.values()) {
                if (choice.text().equals(text)) {
                    return choice;
                }
            }
            node.refuse("must be replace or redeploy.");
        }
        return OnImageChange.REPLACE;
    }
}
