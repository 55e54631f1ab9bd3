package io.jenkins.plugins.ec2docker.policy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.model.Container;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.model.Role;
import io.jenkins.plugins.ec2docker.request.values.Cidr;
import io.jenkins.plugins.ec2docker.request.values.DurationFormat;
import io.jenkins.plugins.ec2docker.request.values.ImageReference;
import io.jenkins.plugins.ec2docker.request.values.ParseResult;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What administrators allow. An empty list does not restrict.
 *
 * @param regions AWS Region codes
 * @param instanceTypes {@link Glob}s of instance types, as {@code t3.*}; for bastions and the classes of databases ({@code db.} left out) too
 * @param images {@link ImagePattern}s, as {@code nginx:*} or {@code ghcr.io/acme/**}
 * @param roleArns globs of role ARNs; where there are any, a request must name a role, unless its credentials bring one
 * @param ingressCidrs networks within which every network of a request must lie, for published ports and for SSH alike
 * @param maxLifetime the longest that a deployment may ask to live, or null; where there is one, a deployment must have an end
 * @param defaultLifetime how long a deployment lives that does not say, or null for without end
 * @param maxMonthlyCost USD a month that what a plan will have in AWS may cost at list prices, without what costs by use; null for any
 * @param permissionsBoundary ARN of the policy that every role gets as its permissions boundary, or null for none
 */
public record Guardrails(
        List<String> regions,
        List<String> instanceTypes,
        List<String> images,
        List<String> roleArns,
        List<String> ingressCidrs,
        @CheckForNull Duration maxLifetime,
        @CheckForNull Duration defaultLifetime,
        @CheckForNull BigDecimal maxMonthlyCost,
        @CheckForNull String permissionsBoundary) {

    /** Allows everything. */
    public static final Guardrails UNRESTRICTED = builder().build();

    /** The blueprints' own, where a request does not say. */
    private static final String BASTION_TYPE = "t3.nano";
    private static final String DATABASE_CLASS = "db.t3.micro";

    public Guardrails {
        regions = List.copyOf(regions);
        instanceTypes = List.copyOf(instanceTypes);
        images = List.copyOf(images);
        roleArns = List.copyOf(roleArns);
        ingressCidrs = List.copyOf(ingressCidrs);
        if (maxLifetime != null && defaultLifetime != null && defaultLifetime.compareTo(maxLifetime) > 0) {
            throw new IllegalArgumentException("default lifetime above the maximum");
        }
    }

    /** Allows everything that it is not told to restrict. */
    public static Builder builder() {
        return new Builder();
    }

    /** Reads the document of a guardrails file; its fields are this record's. */
    public static ParseResult<Guardrails> read(Map<String, ?> document) {
        return GuardrailsReader.read(document);
    }

    /** The request with what it leaves open and administrators have decided. */
    public ProvisionRequest withDefaults(ProvisionRequest request) {
        return request.expiresAfter() == null && defaultLifetime != null ? request.withExpiresAfter(defaultLifetime) : request;
    }

    /** All that is not allowed about a request; empty if it may be carried out. */
    public List<Violation> check(ProvisionRequest request) {
        return check(request, null);
    }

    /**
     * The same where credentials bring a role of their own.
     *
     * @param credentialsRole ARN of the role that is assumed where the request names none; null for no such role
     */
    public List<Violation> check(ProvisionRequest request, @CheckForNull String credentialsRole) {
        List<Violation> refusals = new ArrayList<>();
        allowed(refusals, "region", request.region(), regions, request.region()::equals);
        String instanceType = request.instanceType();
        if (instanceType != null) {
            allowed(refusals, "instanceType", instanceType, instanceTypes, glob(instanceType));
        }
        for (int i = 0; i < request.containers().size(); i++) {
            Container container = request.containers().get(i);
            allowed(refusals, "containers[" + i + "].image", container.image().text(), images,
                    pattern -> ImagePattern.of(pattern).matches(container.image()));
        }
        Role role = request.role();
        if (role != null) {
            allowed(refusals, "role.arn", role.arn(), roleArns, glob(role.arn()));
        } else if (credentialsRole != null) {
            allowed(refusals, "role.arn of the credentials", credentialsRole, roleArns, glob(credentialsRole));
        } else if (!roleArns.isEmpty()) {
            refusals.add(new Violation("role.arn", "", "is required here; choose from: " + String.join(", ", roleArns) + "."));
        }
        // Without a published port nobody is let in, whatever the networks.
        if (request.containers().stream().anyMatch(container -> !container.ports().isEmpty())) {
            networks(refusals, "network.ingressCidrs", request.network().ingressCidrs());
        }
        networks(refusals, "network.sshCidrs", request.network().sshCidrs());
        sections(refusals, request);
        lifetime(refusals, request.expiresAfter());
        return refusals;
    }

    private void sections(List<Violation> refusals, ProvisionRequest request) {
        List<?> types = request.section("scaling").get("instanceTypes") instanceof List<?> list ? list : List.of();
        for (int i = 0; i < types.size(); i++) {
            allowed(refusals, "scaling.instanceTypes[" + i + "]", (String) types.get(i), instanceTypes, glob((String) types.get(i)));
        }
        if (request.hasSection("bastion")) {
            String type = (String) request.section("bastion").getOrDefault("instanceType", BASTION_TYPE);
            allowed(refusals, "bastion.instanceType", type, instanceTypes, glob(type));
            List<?> cidrs = request.section("bastion").get("sshCidrs") instanceof List<?> list ? list : List.of();
            networks(refusals, "bastion.sshCidrs", cidrs.stream().map(String.class::cast).toList());
        }
        if (request.hasSection("database")) {
            String type = (String) request.section("database").getOrDefault("instanceClass", DATABASE_CLASS);
            allowed(refusals, "database.instanceClass", type, instanceTypes, glob(type.replaceFirst("^db\\.", "")));
        }
        if (request.hasSection("edge") && !allowsTheWorld()) {
            refusals.add(new Violation("edge", "", "shows the containers to the whole internet, but only these networks are allowed: "
                    + String.join(", ", ingressCidrs) + "; leave it out."));
        }
        policy(refusals, "task.policy", request.section("task").get("policy"));
        policy(refusals, "instancePolicy", request.sections().get("instancePolicy"));
    }

    private static void policy(List<Violation> refusals, String field, @CheckForNull Object given) {
        if (given instanceof String policy) {
            IamPolicyRule.problem(policy).ifPresent(problem -> refusals.add(new Violation(field, "", problem)));
        }
    }

    /** Whether everybody may be let in. */
    public boolean allowsTheWorld() {
        return allowsNetwork("0.0.0.0/0");
    }

    /** Whether an image is allowed. */
    public boolean allowsImage(ImageReference image) {
        return images.isEmpty() || images.stream().anyMatch(pattern -> ImagePattern.of(pattern).matches(image));
    }

    /**
     * Whether a pattern of images names a registry: by its name, or by a pattern within a domain of two labels at least, as in
     * {@code *.example.com}. One that only lets every registry through names none.
     */
    public boolean namesRegistry(String registry) {
        return images.stream().anyMatch(pattern -> ImagePattern.of(pattern).namesRegistry(registry));
    }

    /** Whether a Region is allowed. */
    public boolean allowsRegion(String region) {
        return regions.isEmpty() || regions.contains(region);
    }

    /** Whether an instance type is allowed. */
    public boolean allowsInstanceType(String type) {
        return instanceTypes.isEmpty() || instanceTypes.stream().anyMatch(glob(type));
    }

    /** Whether a network lies within one allowed network; text that is no network never does where networks are restricted. */
    public boolean allowsNetwork(String cidr) {
        return ingressCidrs.isEmpty()
                || Cidr.parse(cidr)
                        .map(asked -> ingressCidrs.stream().flatMap(each -> Cidr.parse(each).stream())
                                .anyMatch(each -> each.contains(asked)))
                        .orElse(false);
    }

    private void networks(List<Violation> refusals, String field, List<String> cidrs) {
        for (int i = 0; i < cidrs.size(); i++) {
            if (!allowsNetwork(cidrs.get(i))) {
                refusals.add(new Violation(field + "[" + i + "]", cidrs.get(i), "is not within an allowed network; name one within: "
                        + String.join(", ", ingressCidrs) + "."));
            }
        }
    }

    private void lifetime(List<Violation> refusals, @CheckForNull Duration asked) {
        if (maxLifetime == null) {
            return;
        }
        String limit = DurationFormat.format(maxLifetime);
        if (asked == null) {
            refusals.add(new Violation("expiresAfter", "",
                    "is required here, where each deployment must have an end; give at most " + limit + "."));
        } else if (asked.compareTo(maxLifetime) > 0) {
            refusals.add(new Violation("expiresAfter", DurationFormat.format(asked),
                    "is longer than what is allowed here; give at most " + limit + "."));
        }
    }

    private static Predicate<String> glob(String value) {
        return pattern -> new Glob(pattern).matches(value);
    }

    private static void allowed(
            List<Violation> refusals, String field, String value, List<String> patterns, Predicate<String> matches) {
        if (!patterns.isEmpty() && patterns.stream().noneMatch(matches)) {
            refusals.add(new Violation(field, value, "is not allowed here; choose from: " + String.join(", ", patterns) + "."));
        }
    }

    /** Guardrails in the making. */
    public static final class Builder {
        private List<String> regions = List.of();
        private List<String> instanceTypes = List.of();
        private List<String> images = List.of();
        private List<String> roleArns = List.of();
        private List<String> ingressCidrs = List.of();
        @CheckForNull
        private Duration maxLifetime;
        @CheckForNull
        private Duration defaultLifetime;
        @CheckForNull
        private BigDecimal maxMonthlyCost;
        @CheckForNull
        private String permissionsBoundary;

        private Builder() {}

        public Builder regions(List<String> codes) {
            regions = codes;
            return this;
        }

        public Builder instanceTypes(List<String> globs) {
            instanceTypes = globs;
            return this;
        }

        public Builder images(List<String> patterns) {
            images = patterns;
            return this;
        }

        public Builder roleArns(List<String> globs) {
            roleArns = globs;
            return this;
        }

        public Builder ingressCidrs(List<String> networks) {
            ingressCidrs = networks;
            return this;
        }

        public Builder maxLifetime(@CheckForNull Duration longest) {
            maxLifetime = longest;
            return this;
        }

        public Builder defaultLifetime(@CheckForNull Duration usual) {
            defaultLifetime = usual;
            return this;
        }

        public Builder maxMonthlyCost(@CheckForNull BigDecimal dollars) {
            maxMonthlyCost = dollars;
            return this;
        }

        public Builder permissionsBoundary(@CheckForNull String arn) {
            permissionsBoundary = arn;
            return this;
        }

        public Guardrails build() {
            return new Guardrails(regions, instanceTypes, images, roleArns, ingressCidrs, maxLifetime, defaultLifetime, maxMonthlyCost,
                    permissionsBoundary);
        }
    }
}
