package io.jenkins.plugins.ec2docker.aws.cleanup;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.access.AwsClientFactory;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsCall;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/** Roles and instance profiles below this product's path that carry its tags. */
final class IamCleanup {
    private static final String PATH = "/ec2-docker/";

    private final AwsSettings settings;

    IamCleanup(AwsSettings settings) {
        this.settings = settings;
    }

    /**
     * A list says no tags, so each one is asked for whose name begins with the deployment's.
     *
     * @param deployment null for all
     */
    List<TaggedResource> find(SessionCredentials credentials, @CheckForNull String deployment) throws AwsException {
        String prefix = deployment == null ? "" : deployment + "-";
        try (IamClient iam = new AwsClientFactory(settings).iam(credentials)) {
            List<TaggedResource> found = new ArrayList<>();
            for (InstanceProfile listed : ask(credentials, "ListInstanceProfiles",
                    () -> iam.listInstanceProfilesPaginator(r -> r.pathPrefix(PATH)).instanceProfiles().stream()
                            .filter(profile -> profile.instanceProfileName().startsWith(prefix)).toList())) {
                InstanceProfile profile = ask(credentials, "GetInstanceProfile",
                        () -> iam.getInstanceProfile(r -> r.instanceProfileName(listed.instanceProfileName())).instanceProfile());
                resource(ResourceKind.INSTANCE_PROFILE, profile.instanceProfileName(), profile.tags(), profile.createDate())
                        .ifPresent(found::add);
            }
            for (Role listed : ask(credentials, "ListRoles", () -> iam.listRolesPaginator(r -> r.pathPrefix(PATH)).roles().stream()
                    .filter(role -> role.roleName().startsWith(prefix)).toList())) {
                Role role = ask(credentials, "GetRole", () -> iam.getRole(r -> r.roleName(listed.roleName())).role());
                resource(ResourceKind.ROLE, role.roleName(), role.tags(), role.createDate()).ifPresent(found::add);
            }
            return found.stream().filter(resource -> deployment == null || resource.name().equals(deployment)).toList();
        }
    }

    void remove(SessionCredentials credentials, TaggedResource resource) throws AwsException {
        String name = resource.id();
        try (IamClient iam = new AwsClientFactory(settings).iam(credentials)) {
            if (resource.kind() == ResourceKind.INSTANCE_PROFILE) {
                for (Role role : ask(credentials, "GetInstanceProfile",
                        () -> iam.getInstanceProfile(r -> r.instanceProfileName(name)).instanceProfile()).roles()) {
                    ask(credentials, "RemoveRoleFromInstanceProfile",
                            () -> iam.removeRoleFromInstanceProfile(r -> r.instanceProfileName(name).roleName(role.roleName())));
                }
                ask(credentials, "DeleteInstanceProfile", () -> iam.deleteInstanceProfile(r -> r.instanceProfileName(name)));
                return;
            }
            for (AttachedPolicy policy : ask(credentials, "ListAttachedRolePolicies",
                    () -> iam.listAttachedRolePolicies(r -> r.roleName(name)).attachedPolicies())) {
                ask(credentials, "DetachRolePolicy", () -> iam.detachRolePolicy(r -> r.roleName(name).policyArn(policy.policyArn())));
            }
            try {
                ask(credentials, "DeleteRole", () -> iam.deleteRole(r -> r.roleName(name)));
            } catch (AwsException refusal) {
                if (!refusal.getMessage().contains("DeleteConflict")) {
                    throw refusal;
                }
                // Blueprint instance has no such policies, and its permissions do not tell of them.
                for (String policy : ask(credentials, "ListRolePolicies",
                        () -> iam.listRolePolicies(r -> r.roleName(name)).policyNames())) {
                    ask(credentials, "DeleteRolePolicy", () -> iam.deleteRolePolicy(r -> r.roleName(name).policyName(policy)));
                }
                ask(credentials, "DeleteRole", () -> iam.deleteRole(r -> r.roleName(name)));
            }
        }
    }

    private <T> T ask(SessionCredentials credentials, String action, Supplier<T> call) throws AwsException {
        return new AwsCall(settings, credentials, "iam:" + action).ask(call);
    }

    private static Optional<TaggedResource> resource(ResourceKind kind, String name, List<Tag> tags, Instant created) {
        return tag(tags, Ec2Cleanup.MANAGED_BY).equals(Ec2Cleanup.PRODUCT)
                ? Optional.of(new TaggedResource(kind, name, tag(tags, "ec2-docker:deployment"), tag(tags, "ec2-docker:name"), created,
                        PATH, null, null))
                : Optional.empty();
    }

    private static String tag(List<Tag> tags, String key) {
        return tags.stream().filter(tag -> tag.key().equals(key)).map(Tag::value).findFirst().orElse("");
    }
}
