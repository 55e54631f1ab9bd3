package io.jenkins.plugins.ec2docker.run.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.cleanup.ResourceCleanup;
import io.jenkins.plugins.ec2docker.aws.cleanup.ResourceKind;
import io.jenkins.plugins.ec2docker.aws.cleanup.TaggedResource;
import io.jenkins.plugins.ec2docker.aws.cleanup.TaggedResources;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is never removed, and how what AWS does not let go yet is waited for; no emulator keeps anything in use. */
class ResourceRemovalTest {
    private static final SessionCredentials KEYS = SessionCredentials.ofUser("AKIATESTTESTTEST4711", "secret");

    private final Deque<AwsException> refusals = new ArrayDeque<>();

    @Test
    void what_is_in_use_is_asked_for_again_until_aws_lets_it_go() throws Exception {
        refusals.add(new AwsException(AwsException.Reason.IN_USE, "The subnet has dependencies.", null));

        assertThat(removal(true).remove(KEYS, of(ResourceKind.SUBNET))).isTrue();
        assertThat(refusals).isEmpty();
    }

    @Test
    void an_instances_security_group_that_others_use_is_told_at_once() {
        refusals.add(new AwsException(AwsException.Reason.IN_USE, "The group is in use.", null));

        assertThatThrownBy(() -> removal(false).remove(KEYS, of(ResourceKind.SECURITY_GROUP))).hasMessage("The group is in use.");
    }

    @Test
    void what_was_not_allowed_is_not_tried_again() {
        refusals.add(new AwsException(AwsException.Reason.NOT_ALLOWED, "No.", null));

        assertThatThrownBy(() -> removal(true).remove(KEYS, of(ResourceKind.VPC))).hasMessage("No.");
    }

    @Test
    void what_holds_peoples_data_is_kept_whatever_its_age() {
        for (ResourceKind kind : List.of(ResourceKind.DATABASE, ResourceKind.BACKUPS, ResourceKind.BUCKET, ResourceKind.IMAGE_REPOSITORY)) {
            assertThat(ResourceRemoval.kept(of(kind), List.of())).as(kind.text())
                    .contains("a sweep never removes what people's data are in; delete it in AWS once nobody needs them");
        }
        assertThat(ResourceRemoval.kept(of(ResourceKind.ENCRYPTION_KEY), List.of())).get().asString().startsWith("nobody could read again");
    }

    @Test
    void what_a_database_is_reached_by_is_kept_with_it_and_all_else_is_not() {
        List<TaggedResource> all = List.of(of(ResourceKind.DATABASE));

        assertThat(List.of(ResourceKind.values()))
                .filteredOn(kind -> !kind.isData() && kind != ResourceKind.OTHER && ResourceRemoval.kept(of(kind), all).isPresent())
                .containsExactly(ResourceKind.SUBNET_GROUP, ResourceKind.PARAMETER_GROUP, ResourceKind.INGRESS_RULE,
                        ResourceKind.EGRESS_RULE, ResourceKind.SUBNET,
                        ResourceKind.ROUTE_TABLE, ResourceKind.NETWORK_ACL, ResourceKind.SECURITY_GROUP, ResourceKind.INTERNET_GATEWAY,
                        ResourceKind.VPC);
        TaggedResource anothers = new TaggedResource(ResourceKind.VPC, "arn:vpc", "shop-ffffffff", "shop", null, "", null, null);
        assertThat(ResourceRemoval.kept(anothers, all)).isEmpty();
    }

    private ResourceRemoval removal(boolean fleet) {
        ResourceCleanup ec2 = new ResourceCleanup() {
            @Override
            public List<TaggedResource> find(SessionCredentials credentials) {
                return List.of();
            }

            @Override
            public void remove(SessionCredentials credentials, TaggedResource resource) throws AwsException {
                refuse();
            }
        };
        return new ResourceRemoval(ec2, new TaggedResources() {
            @Override
            public List<TaggedResource> find(SessionCredentials credentials) {
                return List.of();
            }

            @Override
            public boolean remove(SessionCredentials credentials, TaggedResource resource) throws AwsException {
                refuse();
                return false;
            }
        }, fleet);
    }

    private void refuse() throws AwsException {
        if (!refusals.isEmpty()) {
            throw refusals.pop();
        }
    }

    private static TaggedResource of(ResourceKind kind) {
        return new TaggedResource(kind, "x", "shop-0000000a", "shop", null, "", null, null);
    }
}
