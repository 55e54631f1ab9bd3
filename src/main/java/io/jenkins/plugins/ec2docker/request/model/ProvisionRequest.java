package io.jenkins.plugins.ec2docker.request.model;

import static java.util.Objects.requireNonNull;

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
        String instanceType,
        Role role,
        List<Container> containers,
        String users,
        List<String> requester,
        MachineImage machineImage,
        Network network,
        Disk disk,
        String sshPublicKey,
        String keyName,
        boolean spot,
        Duration expiresAfter,
        WorkingHoursSchedule schedule,
        Map<String, String> tags,
        HealthEndpoint health,
        OnFailure onFailure,
        OnImageChange onImageChange,
        Map<String, Object> sections) {

    /** Without sections. */
    public ProvisionRequest(
            String name,
            String blueprint,
            String region,
            String instanceType,
            Role role,
            List<Container> containers,
            String users,
            List<String> requester,
            MachineImage machineImage,
            Network network,
            Disk disk,
            String sshPublicKey,
            String keyName,
            boolean spot,
            Duration expiresAfter,
            WorkingHoursSchedule schedule,
            Map<String, String> tags,
            HealthEndpoint health,
            OnFailure onFailure,
            OnImageChange onImageChange) {
        this(name, blueprint, region, instanceType, role, containers, users, requester, machineImage, network, disk, sshPublicKey, keyName,
                spot,
                expiresAfter, schedule, tags, health, onFailure, onImageChange, Map.of());
    }

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
        return new ProvisionRequest(name, blueprint, region, instanceType, role, containers, users, requester, machineImage, network, disk,
                sshPublicKey, keyName, spot, lifetime, schedule, tags, health, onFailure, onImageChange, sections);
    }

    /** The same request with other containers. */
    public ProvisionRequest withContainers(List<Container> others) {
        return new ProvisionRequest(name, blueprint, region, instanceType, role, others, users, requester, machineImage, network, disk,
                sshPublicKey, keyName, spot, expiresAfter, schedule, tags, health, onFailure, onImageChange, sections);
    }

    /** The same request with another users file; null for none. */
    public ProvisionRequest withUsers(String path) {
        return new ProvisionRequest(name, blueprint, region, instanceType, role, containers, path, requester, machineImage, network, disk,
                sshPublicKey, keyName, spot, expiresAfter, schedule, tags, health, onFailure, onImageChange, sections);
    }

    /** The same request with another role; null for the caller's own credentials. */
    public ProvisionRequest withRole(Role other) {
        return new ProvisionRequest(name, blueprint, region, instanceType, other, containers, users, requester, machineImage, network, disk,
                sshPublicKey, keyName, spot, expiresAfter, schedule, tags, health, onFailure, onImageChange, sections);
    }
}
