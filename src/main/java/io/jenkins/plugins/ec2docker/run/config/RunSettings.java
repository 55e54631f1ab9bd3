package io.jenkins.plugins.ec2docker.run.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.blueprint.spec.BlueprintSettings;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import java.time.Duration;
import java.util.Map;

/**
 * How runs are carried out on this machine, the same for every run.
 *
 * @param terraform the Terraform binary or its directory; null to look on the PATH
 * @param providers a provider mirror or a shared provider directory; null to look where Terraform's own conventions say
 * @param environment what Terraform's environment is made from, scrubbed ({@code TerraformEnvironment})
 * @param guardrails what is allowed
 * @param maxRetries how often the AWS provider repeats a call that AWS throttles or fails
 * @param grace how long Terraform may take to save its state after an interrupt
 * @param who the person or job in whose name runs are made
 * @param state where states are to be
 */
public record RunSettings(
        @CheckForNull String terraform,
        @CheckForNull String providers,
        Map<String, String> environment,
        Guardrails guardrails,
        int maxRetries,
        Duration grace,
        String who,
        StateBackendSetting state) {

    /** The AWS provider's own default. */
    public static final int DEFAULT_MAX_RETRIES = BlueprintSettings.DEFAULT_MAX_RETRIES;

    /** A variable of the environment: where it is {@code false}, no registry is asked for digests. */
    public static final String PIN_IMAGES = "EC2_DOCKER_PIN_IMAGES";

    /** With states in the store alone. */
    public RunSettings(
            @CheckForNull String terraform,
            @CheckForNull String providers,
            Map<String, String> environment,
            Guardrails guardrails,
            int maxRetries,
            Duration grace,
            String who) {
        this(terraform, providers, environment, guardrails, maxRetries, grace, who, StateBackendSetting.STORE);
    }

    public RunSettings {
        environment = Map.copyOf(environment);
    }

    /** What of it goes into every blueprint's variables. */
    public BlueprintSettings forBlueprint() {
        return new BlueprintSettings(maxRetries, guardrails.permissionsBoundary());
    }

    /** Whether images are pinned to digests, which {@link #PIN_IMAGES} switches off. */
    public boolean pinsImages() {
        return !"false".equalsIgnoreCase(environment.getOrDefault(PIN_IMAGES, "").strip());
    }
}
