package io.jenkins.plugins.ec2docker.jenkins.config;

import hudson.util.FormValidation;
import java.util.List;

/** What a form shows beside a field. */
final class Verdict {

    /** More than fits beside a field; the rest comes when these are mended. */
    private static final int MOST = 10;

    private Verdict() {}

    static FormValidation of(List<String> sentences) {
        if (sentences.isEmpty()) {
            return FormValidation.ok();
        }
        return sentences.size() == 1
                ? FormValidation.error(sentences.get(0))
                : FormValidation.aggregate(
                        sentences.stream().limit(MOST).map(FormValidation::error).toList());
    }
}
