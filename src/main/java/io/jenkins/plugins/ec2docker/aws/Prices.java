package io.jenkins.plugins.ec2docker.aws;

import java.math.BigDecimal;
import java.util.Optional;

/** What things cost. */
public interface Prices {

    /**
     * The list price on demand in USD for an hour, without taxes, discounts and traffic; zero for what AWS does not charge.
     *
     * @return empty where the price list has none
     */
    Optional<BigDecimal> hourly(SessionCredentials credentials, OwnedResource resource) throws AwsRefusal;
}
