package io.jenkins.plugins.ec2docker.request.model;

import static java.util.Objects.requireNonNull;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a user asks for: containers on one EC2 instance, on a group of them or as tasks, complete with all
 * defaults but those that its blueprint has for its sections. {@code RequestParser} is the one way in; what it lets
 * through keeps every rule of {@code docs/request.md}. One that was stored kept those of its time.
 *
 * @param name identifies the deployment together with a suffix, {@code [a-z][a-z0-9-]{0,31}}
 * @param blueprint which bundled Terraform configuration
 * @param region AWS region code
 * @param instanceType EC2 instance type; null where the blueprint has no instances, or a stored request none that can be read
 * @param role role to assume; null for the caller's own credentials
 * @param containers 1 to 20
 * @param users path of the users file; null for none
 * @param requester mail addresses of those who hear about the deployment; may be empty
 * @param machineImage what the instance boots
 * @param network where it stands and who reaches it
 * @param disk its root volume
 * @param sshPublicKey OpenSSH public key to install; null for none; never together with {@code keyName}
 * @param keyName name of an EC2 key pair that exists; null for none
 * @param spot whether to ask for spot capacity
 * @param expiresAfter lifetime after which the deployment may be destroyed; null for no end (guardrails may set one)
 * @param schedule working hours at whose beginning and end the instance is started and stopped; null for none; never together with
 *     {@code spot}
 * @param tags AWS tags on everything that is created, in the order given
 * @param health what to ask over HTTP before the run counts as done; null for nothing
 * @param onFailure what happens to a run's creations when it fails
 * @param onImageChange how an update is carried out that changes nothing but images
 * @param sections by name, what the blueprint knows beyond that ({@code SectionShapes}), {@code environment} among them, completed by what
 *     that stands for; text, numbers, booleans, lists and maps; {@code none} for an optional section that is not to be there. Empty for
 *     blueprint {@code instance}
 */
public record ProvisionRequest(
        String name,
        String blueprint,
        String region,
        @CheckForNull String instanceType,
        @CheckForNull Role role,
        List<Container> containers,
        @CheckForNull String users,
        List<String> requester,
        MachineImage machineImage,
        Network network,
        Disk disk,
        @CheckForNull String sshPublicKey,
        @CheckForNull String keyName,
        boolean spot,
        @CheckForNull Duration expiresAfter,
        @CheckForNull WorkingHoursSchedule schedule,
        Map<String, String> tags,
        @CheckForNull HealthEndpoint health,
        OnFailure onFailure,
        OnImageChange onImageChange,
        Map<String, Object> sections) {

    public ProvisionRequest {
        requireNonNull(name, "name");
        requireNonNull(blueprint, "blueprint");
        requireNonNull(region, "region");
        containers = List.copyOf(containers);
        requester = List.copyOf(requester);
        requireNonNull(machineImage, "machineImage");
        requireNonNull(network, "network");
        requireNonNull(disk, "disk");
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        requireNonNull(onFailure, "onFailure");
        requireNonNull(onImageChange, "onImageChange");
        sections = Collections.unmodifiableMap(new LinkedHashMap<>(sections));
    }

    /**
     * The CPU architecture that the instance type or the task has, and so the machine image and the containers' images must have. Where a
     * stored request has an instance type that cannot be read, x86_64.
     */
    public Architecture architecture() {
        return instanceType == null
                ? "arm64".equals(section("task").get("architecture")) ? Architecture.ARM64 : Architecture.X86_64
                : Architecture.find(instanceType).orElse(Architecture.X86_64);
    }

    /** One of the {@link #sections}; empty where it is not there, or not to be there. */
    public Map<String, Object> section(String section) {
        @SuppressWarnings("unchecked") // Sections are read with text keys.
        Map<String, Object> fields = sections.get(section) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
        return Collections.unmodifiableMap(fields);
    }

    /** Whether an optional section is there, be it without fields. */
    public boolean hasSection(String section) {
        return sections.get(section) instanceof Map;
    }

    /** The same request with another lifetime. */
    public ProvisionRequest withExpiresAfter(Duration lifetime) {
        return toBuilder().expiresAfter(lifetime).build();
    }

    /** The same request with other containers. */
    public ProvisionRequest withContainers(List<Container> others) {
        return toBuilder().containers(others).build();
    }

    /** The same request with another users file; null for none. */
    public ProvisionRequest withUsers(@CheckForNull String path) {
        return toBuilder().users(path).build();
    }

    /** The same request with another role; null for the caller's own credentials. */
    public ProvisionRequest withRole(@CheckForNull Role other) {
        return toBuilder().role(other).build();
    }

    /** What is not given is empty, off or null; the defaults of requests are the parser's. */
    public static Builder builder(String name, String blueprint, String region) {
        return new Builder(name, blueprint, region);
    }

    /** The same, to be changed. */
    public Builder toBuilder() {
        return builder(name, blueprint, region)
                .instanceType(instanceType).role(role).containers(containers).users(users).requester(requester)
                .machineImage(machineImage).network(network).disk(disk).sshPublicKey(sshPublicKey).keyName(keyName).spot(spot)
                .expiresAfter(expiresAfter).schedule(schedule).tags(tags).health(health)
                .onFailure(onFailure).onImageChange(onImageChange).sections(sections);
    }

    /** A request in the making. */
    public static final class Builder {
        private final String name;
        private final String blueprint;
        private final String region;
        @CheckForNull
        private String instanceType;
        @CheckForNull
        private Role role;
        private List<Container> containers = List.of();
        @CheckForNull
        private String users;
        private List<String> requester = List.of();
        private MachineImage machineImage;
        private Network network;
        private Disk disk;
        @CheckForNull
        private String sshPublicKey;
        @CheckForNull
        private String keyName;
        private boolean spot;
        @CheckForNull
        private Duration expiresAfter;
        @CheckForNull
        private WorkingHoursSchedule schedule;
        private Map<String, String> tags = Map.of();
        @CheckForNull
        private HealthEndpoint health;
        private OnFailure onFailure;
        private OnImageChange onImageChange;
        private Map<String, Object> sections = Map.of();

        private Builder(String name, String blueprint, String region) {
            this.name = name;
            this.blueprint = blueprint;
            this.region = region;
        }

        public Builder instanceType(@CheckForNull String type) {
            instanceType = type;
            return this;
        }

        public Builder role(@CheckForNull Role assumed) {
            role = assumed;
            return this;
        }

        public Builder containers(List<Container> all) {
            containers = all;
            return this;
        }

        public Builder users(@CheckForNull String path) {
            users = path;
            return this;
        }

        public Builder requester(List<String> addresses) {
            requester = addresses;
            return this;
        }

        public Builder machineImage(MachineImage image) {
            machineImage = image;
            return this;
        }

        public Builder network(Network place) {
            network = place;
            return this;
        }

        public Builder disk(Disk root) {
            disk = root;
            return this;
        }

        public Builder sshPublicKey(@CheckForNull String key) {
            sshPublicKey = key;
            return this;
        }

        public Builder keyName(@CheckForNull String pair) {
            keyName = pair;
            return this;
        }

        public Builder spot(boolean wanted) {
            spot = wanted;
            return this;
        }

        public Builder expiresAfter(@CheckForNull Duration lifetime) {
            expiresAfter = lifetime;
            return this;
        }

        public Builder schedule(@CheckForNull WorkingHoursSchedule hours) {
            schedule = hours;
            return this;
        }

        public Builder tags(Map<String, String> inOrder) {
            tags = inOrder;
            return this;
        }

        public Builder health(@CheckForNull HealthEndpoint endpoint) {
            health = endpoint;
            return this;
        }

        public Builder onFailure(OnFailure reaction) {
            onFailure = reaction;
            return this;
        }

        public Builder onImageChange(OnImageChange way) {
            onImageChange = way;
            return this;
        }

        public Builder sections(Map<String, Object> byName) {
            sections = byName;
            return this;
        }

        public ProvisionRequest build() {
            return new ProvisionRequest(name, blueprint, region, instanceType, role, containers, users, requester, machineImage, network,
                    disk, sshPublicKey, keyName, spot, expiresAfter, schedule, tags, health, onFailure, onImageChange, sections);
        }
    }
}
