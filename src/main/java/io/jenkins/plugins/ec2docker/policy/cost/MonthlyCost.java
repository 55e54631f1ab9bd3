package io.jenkins.plugins.ec2docker.policy.cost;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Objects;

/** Puts list prices into words. */
public final class MonthlyCost {

    /** AWS counts a month as so many hours. */
    private static final BigDecimal HOURS_A_MONTH = BigDecimal.valueOf(730);

    private MonthlyCost() {}

    /**
     * As in {@code 17.52 USD a month}.
     *
     * @param hourly USD for an hour, or null where it is not known
     */
    public static String text(@CheckForNull BigDecimal hourly) {
        if (hourly == null) {
            return "cost unknown";
        }
        return hourly.signum() == 0 ? "free" : monthly(hourly) + " USD a month";
    }

    /** What so much an hour is in a month, to the cent. */
    static BigDecimal monthly(BigDecimal hourly) {
        return hourly.multiply(HOURS_A_MONTH).setScale(2, RoundingMode.HALF_UP);
    }

    /**
     * What all of them cost together for an hour, as far as it is known; null where nothing is.
     *
     * @param hourly USD for an hour each; null where it is not known
     */
    @CheckForNull
    public static BigDecimal sum(Collection<BigDecimal> hourly) {
        return hourly.stream().filter(Objects::nonNull).reduce(BigDecimal::add).orElse(null);
    }
}
