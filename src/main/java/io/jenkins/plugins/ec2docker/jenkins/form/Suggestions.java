package io.jenkins.plugins.ec2docker.jenkins.form;

import hudson.util.ComboBoxModel;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import java.util.List;
import java.util.stream.Stream;

/** What the form suggests for a field; whatever the guardrails refuse is left out. Anything else may still be typed. */
final class Suggestions {
    /**
     * The Regions that every account has, docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html, then common others.
     */
    private static final List<String> REGIONS = List.of("us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1",
            "eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3",
            "ap-south-1", "ap-southeast-1", "ap-southeast-2", "af-south-1", "eu-central-2", "eu-south-1", "me-central-1");

    /** Small ones of the general purpose families, on Intel or AMD and on Arm. */
    private static final List<String> INSTANCE_TYPES = List.of("t3.micro", "t3.small", "t3.medium", "t3.large", "t4g.micro", "t4g.small",
            "t4g.medium", "t4g.large", "m7i.large", "m7i.xlarge", "m7g.large", "m7g.xlarge", "c7i.large", "c7g.large", "r7i.large",
            "r7g.large");

    private Suggestions() {}

    /** The Regions that are allowed; where all are, those above. */
    static ComboBoxModel regions() {
        List<String> allowed = SystemSettings.get().guardrails().regions();
        return of("region", allowed.isEmpty() ? REGIONS : allowed);
    }

    /** The types that are allowed by name, then those above that are allowed by a pattern. */
    static ComboBoxModel instanceTypes() {
        Stream<String> named = SystemSettings.get().guardrails().instanceTypes().stream().filter(type -> !type.contains("*"));
        return of("instanceType", Stream.concat(named, INSTANCE_TYPES.stream()).distinct().toList());
    }

    private static ComboBoxModel of(String field, List<String> candidates) {
        ComboBoxModel model = new ComboBoxModel();
        candidates.stream().filter(candidate -> FieldValidation.isAllowed(field, candidate)).forEach(model::add);
        return model;
    }
}
