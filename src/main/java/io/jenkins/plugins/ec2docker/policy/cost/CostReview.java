package io.jenkins.plugins.ec2docker.policy.cost;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.pricing.Prices;
import io.jenkins.plugins.ec2docker.policy.plan.PlannedResource;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Holds what a plan will cost by the hour, at list prices, against what administrators allow. What has no price that could be asked for is
 * refused rather than let pass: nobody would know what the limit is worth.
 */
public final class CostReview {

    private static final int TOLD = 3;

    private final Prices prices;
    private final BigDecimal monthlyLimit;

    /** @param monthlyLimit USD a month */
    public CostReview(Prices prices, BigDecimal monthlyLimit) {
        this.prices = prices;
        this.monthlyLimit = monthlyLimit;
    }

    /**
     * @param told a sentence for people on what it costs; empty where that is not known
     * @param refusal why the plan may not be carried out; empty if it may
     */
    public record Verdict(Optional<String> told, Optional<Violation> refusal) {}

    public Verdict of(List<PlannedResource> plan, SessionCredentials credentials) {
        BigDecimal usual = BigDecimal.ZERO;
        Map<String, BigDecimal> most = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        try {
            for (PlannedCost.Item item : PlannedCost.of(plan)) {
                Optional<BigDecimal> price = prices.hourly(credentials, item.product());
                if (price.isEmpty()) {
                    unknown.add(item.address());
                } else {
                    usual = usual.add(price.get().multiply(item.usual()));
                    most.merge(item.address(), price.get().multiply(item.most()), BigDecimal::add);
                }
            }
        } catch (AwsException e) {
            return refused("", "cannot be held against the " + limit() + " that are allowed here, because its list price is not known: "
                    + e.getMessage());
        }
        if (!unknown.isEmpty()) {
            return refused("",
                    "cannot be held against the " + limit() + " that are allowed here, because AWS's price list has no price for "
                            + String.join(", ", unknown) + ".");
        }
        BigDecimal all = most.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        if (MonthlyCost.monthly(all).compareTo(monthlyLimit) > 0) {
            return refused(MonthlyCost.text(all), "is more than the " + limit() + " that are allowed here; ask for less. The most goes to "
                    + most.entrySet().stream().sorted(Map.Entry.<String, BigDecimal>comparingByValue().reversed()).limit(TOLD)
                            .map(each -> each.getKey() + " (" + MonthlyCost.text(each.getValue()) + ")").collect(Collectors.joining(", "))
                    + ".");
        }
        return new Verdict(Optional.of("At list prices on demand what is planned costs " + MonthlyCost.text(usual)
                + (all.compareTo(usual) > 0 ? ", and up to " + MonthlyCost.text(all) + " where it scales" : "")
                + ", without what costs by use."),
                Optional.empty());
    }

    private String limit() {
        return monthlyLimit.stripTrailingZeros().toPlainString() + " USD a month";
    }

    private static Verdict refused(String value, String rule) {
        return new Verdict(Optional.empty(), Optional.of(new Violation("cost of the plan", value, rule)));
    }
}
