package io.jenkins.plugins.ec2docker.request.model;

import io.jenkins.plugins.ec2docker.request.values.AwsNamePatterns;
import io.jenkins.plugins.ec2docker.request.values.ImageReference;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private repository of Amazon ECR, as an image's name has it (Amazon ECR user guide, "Private registry"): who pulls from it has to log
 * in.
 *
 * @param registry the host, {@code ACCOUNT.dkr.ecr.REGION.amazonaws.com}
 * @param account the twelve digits of the AWS account
 * @param path what stands behind the host
 */
public record EcrRepository(String registry, String account, String region, String path) {
    private static final Pattern REGISTRY = Pattern.compile("([0-9]{12})\\.dkr\\.ecr\\.([a-z0-9-]+)\\.amazonaws\\.com(\\.cn)?");

    /** @return empty where the image comes from elsewhere */
    public static Optional<EcrRepository> of(ImageReference image) {
        Matcher registry = REGISTRY.matcher(image.domain() == null ? "" : image.domain());
        return registry.matches()
                ? Optional.of(new EcrRepository(registry.group(), registry.group(1), registry.group(2), image.path()))
                : Optional.empty();
    }

    /** Those that the containers' images come from, each once. */
    public static List<EcrRepository> of(List<Container> containers) {
        return containers.stream().map(Container::image).map(EcrRepository::of).flatMap(Optional::stream).distinct().toList();
    }

    public String arn() {
        return "arn:" + AwsNamePatterns.partition(region) + ":ecr:" + region + ":" + account + ":repository/" + path;
    }
}
