package io.jenkins.plugins.ec2docker.provisioning;

import io.jenkins.plugins.ec2docker.aws.OwnedResource;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * One thing in AWS that this store's runs have made and no deployment of the store knows.
 *
 * @param age since AWS says that it was created, or else since the last run of its deployment began; null where neither is known
 * @param hourlyCost its list price in USD for an hour ({@link io.jenkins.plugins.ec2docker.aws.Prices}), or null where it is not known
 * @param kept why it would not be removed now, or null where it would
 * @param outcome what became of it: null after a dry run or where it was kept, empty if it was removed, else why it was not
 */
public record SweepItem(OwnedResource resource, Duration age, BigDecimal hourlyCost, String kept, String outcome) {

    public boolean isRemoved() {
        return outcome != null && outcome.isEmpty();
    }

    SweepItem ended(String how) {
        return new SweepItem(resource, age, hourlyCost, kept, how);
    }
}
