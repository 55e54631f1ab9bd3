package io.jenkins.plugins.ec2docker.jenkins.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Item;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.request.values.DurationFormat;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.config.S3BackendSetting;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Hands the settings of {@link Ec2DockerConfiguration} to runs, each as it is at that moment. */
// Behind any other that is installed: this one is always there.
@Extension(ordinal = -100)
public final class RunSystemSettings implements SystemSettings {

    static final String DEFAULT_ABORT_GRACE = "10m";

    private static Ec2DockerConfiguration settings() {
        return Ec2DockerConfiguration.get();
    }

    @Override
    public Guardrails guardrails() {
        return settings().engineGuardrails();
    }

    /** Default region where there is none; default tags under those of the request, whose keys win whatever their case. */
    @Override
    public Map<String, Object> completed(Map<String, Object> document) {
        Map<String, Object> completed = new LinkedHashMap<>(document);
        String region = settings().getDefaultRegion();
        if (region != null && completed.get("region") == null) {
            completed.put("region", region);
        }
        Map<String, String> standard = settings().defaultTagMap();
        Object asked = completed.get("tags");
        if (!standard.isEmpty() && (asked == null || asked instanceof Map)) {
            completed.put("tags", merged(standard, asked == null ? Map.of() : (Map<?, ?>) asked));
        }
        return completed;
    }

    private static Map<Object, Object> merged(Map<String, String> standard, Map<?, ?> asked) {
        Set<String> taken = asked.keySet().stream()
                .map(key -> String.valueOf(key).toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        Map<Object, Object> tags = new LinkedHashMap<>();
        standard.forEach((key, value) -> {
            if (!taken.contains(key.toLowerCase(Locale.ROOT))) {
                tags.put(key, value);
            }
        });
        tags.putAll(asked);
        return tags;
    }

    /** Destroying stays possible while the settings have a problem: it is how one gets out of trouble. */
    @Override
    public Optional<String> refusal(Purpose purpose, Item job) {
        Optional<String> refused = Ec2DockerPermissions.refusal(purpose, job);
        if (refused.isPresent() || purpose == Purpose.DESTROY) {
            return refused;
        }
        return settings().problems().stream()
                .findFirst()
                .map(problem -> Messages.Configuration_Problem(settings().getDisplayName(), problem));
    }

    @Override
    @CheckForNull
    public String terraform() {
        return settings().getTerraform();
    }

    @Override
    @CheckForNull
    public String providers() {
        return settings().getProviders();
    }

    @Override
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        if (settings().getAwsEndpoint() != null) {
            environment.put("AWS_ENDPOINT_URL", settings().getAwsEndpoint());
        }
        if (!settings().isPinImages()) {
            environment.put(RunSettings.PIN_IMAGES, "false");
        }
        return environment;
    }

    @Override
    @CheckForNull
    public S3BackendSetting stateBackend() {
        String where = settings().getStateBackend();
        return where == null ? null : S3BackendSetting.parse(where);
    }

    @Override
    public int maxRetries() {
        return settings().getMaxRetries();
    }

    @Override
    public boolean controllerCredentialsAllowed() {
        return settings().isControllerCredentials();
    }

    @Override
    public Duration abortGrace() {
        return DurationFormat.parse(settings().getAbortGrace()).orElseThrow();
    }

    @Override
    public int concurrentRuns() {
        return settings().getConcurrentRuns();
    }
}
