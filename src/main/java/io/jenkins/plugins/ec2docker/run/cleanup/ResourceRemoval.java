package io.jenkins.plugins.ec2docker.run.cleanup;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.cleanup.ResourceCleanup;
import io.jenkins.plugins.ec2docker.aws.cleanup.ResourceKind;
import io.jenkins.plugins.ec2docker.aws.cleanup.TaggedResource;
import io.jenkins.plugins.ec2docker.aws.cleanup.TaggedResources;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Removes what no state knows, one thing after the other, and says what is never removed.
 *
 * <p>A load balancer's interfaces, a group's instances and a gateway are gone minutes after they were told to go, and until then AWS refuses
 * to remove what they are in. So what is in use is asked for again, for a time that all things of one removal share.
 */
public final class ResourceRemoval {
    /** AWS takes a minute or two for each of these, and they go at the same time. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final ResourceCleanup aws;
    private final TaggedResources tagged;
    private Duration patience;

    /** @param fleet whether it is of a blueprint of several instances or tasks; of others nothing is in use by what goes itself */
    public ResourceRemoval(ResourceCleanup aws, TaggedResources tagged, boolean fleet) {
        this.aws = aws;
        this.tagged = tagged;
        this.patience = fleet ? PATIENCE : Duration.ZERO;
    }

    /**
     * Why a sweep does not remove it, whatever its age.
     *
     * @param all of its deployment that is in AWS
     */
    public static Optional<String> kept(TaggedResource resource, List<TaggedResource> all) {
        if (resource.kind() == ResourceKind.ENCRYPTION_KEY) {
            return Optional.of(
                    "nobody could read again what was encrypted with it; schedule its deletion in AWS KMS once nobody needs that");
        }
        if (resource.kind().isData()) {
            return Optional.of("a sweep never removes what people's data are in; delete it in AWS once nobody needs them");
        }
        if (resource.kind() == ResourceKind.OTHER) {
            return Optional.of("a sweep does not remove it; remove it by hand, or destroy its deployment where that is still there");
        }
        return all.stream()
                .filter(each -> each.kind() == ResourceKind.DATABASE && each.deployment().equals(resource.deployment()))
                .filter(database -> resource.kind().isOfNetwork())
                .findFirst()
                .map(database -> database + " needs it, which a sweep never removes; delete that in AWS once nobody needs it, and sweep"
                        + " again");
    }

    /**
     * Waits where it has to.
     *
     * @return false if it was gone already, as far as AWS tells
     */
    public boolean remove(SessionCredentials keys, TaggedResource resource) throws AwsException, InterruptedException {
        boolean waited = false;
        while (true) {
            Instant began = InstantSource.system().instant();
            try {
                return one(keys, resource) || waited;
            } catch (AwsException refusal) {
                if (refusal.reason() != AwsException.Reason.IN_USE || patience.compareTo(PAUSE) < 0) {
                    throw refusal;
                }
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            waited = true;
            patience = patience.minus(Duration.between(began, InstantSource.system().instant()));
        }
    }

    private boolean one(SessionCredentials keys, TaggedResource resource) throws AwsException, InterruptedException {
        if (resource.kind().isByArn()) {
            return tagged.remove(keys, resource);
        }
        aws.remove(keys, resource);
        return true;
    }
}
