package io.jenkins.plugins.ec2docker.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ec2docker.aws.AwsRefusal;
import io.jenkins.plugins.ec2docker.aws.OwnedKind;
import io.jenkins.plugins.ec2docker.aws.OwnedResource;
import io.jenkins.plugins.ec2docker.aws.OwnedResources;
import io.jenkins.plugins.ec2docker.aws.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.TaggedResources;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is never removed, and how what AWS does not let go yet is waited for; no emulator keeps anything in use. */
class RemovalTest {
    private static final SessionCredentials KEYS = SessionCredentials.ofUser("AKIATESTTESTTEST4711", "secret");

    private final Deque<AwsRefusal> refusals = new ArrayDeque<>();

    @Test
    void what_is_in_use_is_asked_for_again_until_aws_lets_it_go() throws Exception {
        refusals.add(new AwsRefusal(AwsRefusal.Reason.IN_USE, "The subnet has dependencies.", null));

        assertThat(removal(true).remove(KEYS, of(OwnedKind.SUBNET))).isTrue();
        assertThat(refusals).isEmpty();
    }

    @Test
    void an_instances_security_group_that_others_use_is_told_at_once() {
        refusals.add(new AwsRefusal(AwsRefusal.Reason.IN_USE, "The group is in use.", null));

        assertThatThrownBy(() -> removal(false).remove(KEYS, of(OwnedKind.SECURITY_GROUP))).hasMessage("The group is in use.");
    }

    @Test
    void what_was_not_allowed_is_not_tried_again() {
        refusals.add(new AwsRefusal(AwsRefusal.Reason.NOT_ALLOWED, "No.", null));

        assertThatThrownBy(() -> removal(true).remove(KEYS, of(OwnedKind.VPC))).hasMessage("No.");
    }

    @Test
    void what_holds_peoples_data_is_kept_whatever_its_age() {
        for (OwnedKind kind : List.of(OwnedKind.DATABASE, OwnedKind.BACKUPS, OwnedKind.BUCKET, OwnedKind.IMAGE_REPOSITORY)) {
            assertThat(Removal.kept(of(kind), List.of())).as(kind.text())
                    .contains("a sweep never removes what people's data are in; delete it in AWS once nobody needs them");
        }
        assertThat(Removal.kept(of(OwnedKind.ENCRYPTION_KEY), List.of())).get().asString().startsWith("nobody could read again");
    }

    @Test
    void what_a_database_is_reached_by_is_kept_with_it_and_all_else_is_not() {
        List<OwnedResource> all = List.of(of(OwnedKind.DATABASE));

        assertThat(List.of(OwnedKind.values())).filteredOn(kind -> !kind.isData() && kind != OwnedKind.OTHER && Removal.kept(of(kind), all).isPresent())
                .containsExactly(OwnedKind.SUBNET_GROUP, OwnedKind.PARAMETER_GROUP, OwnedKind.INGRESS_RULE, OwnedKind.EGRESS_RULE, OwnedKind.SUBNET,
                        OwnedKind.ROUTE_TABLE, OwnedKind.NETWORK_ACL, OwnedKind.SECURITY_GROUP, OwnedKind.INTERNET_GATEWAY, OwnedKind.VPC);
        OwnedResource anothers = new OwnedResource(OwnedKind.VPC, "arn:vpc", "shop-ffffffff", "shop", null, "", null, null);
        assertThat(Removal.kept(anothers, all)).isEmpty();
    }

    private Removal removal(boolean fleet) {
        OwnedResources ec2 = new OwnedResources() {
            @Override
            public List<OwnedResource> find(SessionCredentials credentials) {
                return List.of();
            }

            @Override
            public void remove(SessionCredentials credentials, OwnedResource resource) throws AwsRefusal {
                refuse();
            }
        };
        return new Removal(ec2, new TaggedResources() {
            @Override
            public List<OwnedResource> find(SessionCredentials credentials) {
                return List.of();
            }

            @Override
            public boolean remove(SessionCredentials credentials, OwnedResource resource) throws AwsRefusal {
                refuse();
                return false;
            }
        }, fleet);
    }

    private void refuse() throws AwsRefusal {
        if (!refusals.isEmpty()) {
            throw refusals.pop();
        }
    }

    private static OwnedResource of(OwnedKind kind) {
        return new OwnedResource(kind, "x", "shop-0000000a", "shop", null, "", null, null);
    }
}
