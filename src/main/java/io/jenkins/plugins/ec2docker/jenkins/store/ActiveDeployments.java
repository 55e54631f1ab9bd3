package io.jenkins.plugins.ec2docker.jenkins.store;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import java.lang.ref.SoftReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The deployments of which something is in AWS, for those who look every minute: only what was changed since the last look is read. Of all
 * others it knows that they are gone, which is what most come to. Given up when memory is short, and then read again.
 */
final class ActiveDeployments {

    /** Within this time a file can change again without its time telling. */
    private static final Duration TOO_FRESH = Duration.ofSeconds(2);

    private SoftReference<Map<String, Known>> known = new SoftReference<>(Map.of());

    /** @param deployment null where nothing of it is left, or it cannot be read */
    private record Known(Instant changed, @CheckForNull Deployment deployment) {}

    /** As they are on disk now, in no order. */
    synchronized List<AllDeployments.Entry> now() {
        Instant now = Instant.now();
        Map<String, Known> before = known.get();
        Map<String, Known> seen = new HashMap<>();
        List<AllDeployments.Entry> living = new ArrayList<>();
        for (AllDeployments.Place place : AllDeployments.places()) {
            String key = place.directory() + "\n" + place.kept().name();
            Known earlier = before == null ? null : before.get(key);
            Known here = earlier != null && earlier.changed().equals(place.kept().changed()) ? earlier : look(place);
            if (here.changed().plus(TOO_FRESH).isBefore(now)) {
                seen.put(key, here);
            }
            Deployment deployment = here.deployment();
            if (deployment != null) {
                living.add(new AllDeployments.Entry(place.job(), deployment));
            }
        }
        known = new SoftReference<>(seen);
        return living;
    }

    private static Known look(AllDeployments.Place place) {
        Deployment deployment = place.read().map(AllDeployments.Entry::deployment).filter(each -> !each.isGone()).orElse(null);
        return new Known(place.kept().changed(), deployment);
    }
}
