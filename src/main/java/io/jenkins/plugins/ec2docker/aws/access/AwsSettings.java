package io.jenkins.plugins.ec2docker.aws.access;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.platform.InvalidVariableException;
import io.jenkins.plugins.ec2docker.platform.ProxySettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.regions.EndpointTag;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceEndpointKey;
import software.amazon.awssdk.regions.ServiceMetadata;

/**
 * Where AWS is and how patiently it is asked.
 *
 * @param region    of every call, STS included: a token of a regional STS endpoint is valid in all regions
 * @param endpoints where its services are
 * @param variants  which of AWS's own endpoints are asked
 * @param proxy     from the environment, or {@link ProxySettings#NONE}
 * @param patience  with each call
 */
public record AwsSettings(String region, Endpoints endpoints, Variants variants, ProxySettings proxy, Patience patience) {

    /**
     * Each null for AWS's own.
     *
     * @param s3 one that is given is called by paths, which every stand-in for S3 understands
     */
    public record Endpoints(@CheckForNull URI sts, @CheckForNull URI ec2, @CheckForNull URI iam, @CheckForNull URI s3,
            @CheckForNull URI dynamoDb) {}

    /**
     * docs.aws.amazon.com/sdkref/latest/guide/feature-endpoints.html.
     *
     * @param fips for cryptography by FIPS 140
     * @param dualStack for IPv6 beside IPv4
     */
    public record Variants(boolean fips, boolean dualStack) {
        static final Variants USUAL = new Variants(false, false);

        private static Variants of(Map<String, String> environment) {
            return new Variants(isTrue(environment, "AWS_USE_FIPS_ENDPOINT"), isTrue(environment, "AWS_USE_DUALSTACK_ENDPOINT"));
        }

        private EndpointTag[] tags() {
            return Stream.of(fips ? EndpointTag.FIPS : null, dualStack ? EndpointTag.DUALSTACK : null).filter(Objects::nonNull)
                    .toArray(EndpointTag[]::new);
        }
    }

    /**
     * How long a call may take.
     *
     * @param attempts       at most this many for one call; those after the first only where trying again can help
     * @param connectTimeout for reaching the endpoint
     * @param answerTimeout  for each silence while waiting for an answer
     * @param callTimeout    for a call with all its attempts
     */
    public record Patience(int attempts, Duration connectTimeout, Duration answerTimeout, Duration callTimeout) {

        /** Enough for a short hiccup, and not so much that a wrong proxy looks like a hang. */
        static final Patience USUAL = new Patience(3, Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(60));

        public Patience {
            if (attempts < 1) {
                throw new IllegalArgumentException("AWS has to be asked at least once, not " + attempts + " times.");
            }
        }
    }

    public AwsSettings {
        if (region == null || region.isBlank()) {
            throw new IllegalArgumentException("An AWS region is needed, such as eu-central-1.");
        }
        Objects.requireNonNull(endpoints, "endpoints");
        Objects.requireNonNull(variants, "variants");
        Objects.requireNonNull(proxy, "proxy");
        Objects.requireNonNull(patience, "patience");
    }

    /** AWS itself. */
    public static AwsSettings of(String region) {
        return new AwsSettings(region, new Endpoints(null, null, null, null, null), Variants.USUAL, ProxySettings.NONE,
                Patience.USUAL);
    }

    /**
     * What the environment says, by the variables that Terraform's AWS provider and AWS's own tools read:
     * {@code AWS_ENDPOINT_URL_STS}, {@code AWS_ENDPOINT_URL_EC2}, {@code AWS_ENDPOINT_URL_IAM},
     * {@code AWS_ENDPOINT_URL_S3}, {@code AWS_ENDPOINT_URL_DYNAMODB}, {@code AWS_ENDPOINT_URL}, {@code AWS_USE_FIPS_ENDPOINT},
     * {@code AWS_USE_DUALSTACK_ENDPOINT} and the proxy's. The region is the request's and not
     * the environment's. {@link InvalidVariableException} for a variable that is no URL.
     */
    public static AwsSettings of(String region, Map<String, String> environment) {
        Endpoints endpoints = new Endpoints(endpoint(environment, "STS"), endpoint(environment, "EC2"), endpoint(environment, "IAM"),
                endpoint(environment, "S3"), endpoint(environment, "DYNAMODB"));
        return new AwsSettings(region, endpoints, Variants.of(environment), ProxySettings.of(environment), Patience.USUAL);
    }

    /** The same with another patience. */
    public AwsSettings with(Patience other) {
        return new AwsSettings(region, endpoints, variants, proxy, other);
    }

    /**
     * AWS's own endpoint of a service in this region, with a slash at its end; not where the environment has it.
     *
     * @param prefix what the endpoint's name begins with, such as {@code ecs}
     */
    public URI own(String prefix) {
        ServiceEndpointKey key = ServiceEndpointKey.builder().region(Region.of(region)).tags(variants.tags()).build();
        return URI.create("https://" + ServiceMetadata.of(prefix).endpointFor(key) + "/");
    }

    /** Where the environment has a service; null for AWS's own. */
    @CheckForNull
    public static URI endpoint(Map<String, String> environment, String service) {
        if (isTrue(environment, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")) {
            return null;
        }
        for (String variable : new String[] {"AWS_ENDPOINT_URL_" + service, "AWS_ENDPOINT_URL"}) {
            String value = environment.get(variable);
            if (value != null && !value.isBlank()) {
                return endpointAt(variable, value.strip());
            }
        }
        return null;
    }

    private static boolean isTrue(Map<String, String> environment, String variable) {
        return "true".equalsIgnoreCase(environment.get(variable));
    }

    private static URI endpointAt(String variable, String value) {
        try {
            URI endpoint = URI.create(value);
            if (endpoint.getHost() != null && endpoint.getScheme() != null && endpoint.getScheme().matches("(?i)https?")) {
                return endpoint;
            }
        } catch (IllegalArgumentException e) {
            // Said below, in the same words as for an address without host.
        }
        throw new InvalidVariableException("Variable " + variable + " is \"" + value
                + "\", which is not the address of an AWS endpoint; it begins with http:// or https://, as https://sts.eu-central-1.amazonaws.com.");
    }
}
