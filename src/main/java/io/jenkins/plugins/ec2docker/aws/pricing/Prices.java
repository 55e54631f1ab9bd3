package io.jenkins.plugins.ec2docker.aws.pricing;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import java.math.BigDecimal;
import java.util.Optional;

/** What things cost: the list price on demand in USD for an hour, without taxes, discounts and traffic. */
@FunctionalInterface
public interface Prices {

    /**
     * One of a product for an hour.
     *
     * @return empty where the price list has none
     */
    Optional<BigDecimal> hourly(SessionCredentials credentials, Product product) throws AwsException;

    /**
     * Something that is in AWS, for an hour.
     *
     * @param charge what it costs by; null for what costs nothing, whose price is zero
     * @return empty where the price list has none
     */
    default Optional<BigDecimal> hourly(SessionCredentials credentials, @CheckForNull Charge charge) throws AwsException {
        return charge == null
                ? Optional.of(BigDecimal.ZERO)
                : hourly(credentials, charge.product()).map(price -> price.multiply(BigDecimal.valueOf(charge.quantity())));
    }
}
