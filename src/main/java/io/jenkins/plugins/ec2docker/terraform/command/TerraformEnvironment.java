package io.jenkins.plugins.ec2docker.terraform.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The whole environment of a Terraform process, made from nothing: what is not named here does not get in. So a variable of the machine or of
 * a job can neither change what Terraform does nor lend it an identity other than the run's session.
 */
public final class TerraformEnvironment {
    /**
     * Of the parent's variables these: where programs and temporary files are, the language, how to spend memory, how to reach the network and
     * whom to trust there, and where AWS is (SDK reference guide, "Service-specific endpoints" and "Dual-stack and FIPS endpoints", "AWS STS Regional endpoints").
     */
    private static final Set<String> INHERITED = Set.of(
            "PATH", "LANG", "LANGUAGE", "TZ", "TMPDIR", "GOGC", "GOMEMLIMIT",
            "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "no_proxy", "all_proxy",
            "SSL_CERT_FILE", "SSL_CERT_DIR", "AWS_CA_BUNDLE",
            "AWS_ENDPOINT_URL", "AWS_USE_DUALSTACK_ENDPOINT", "AWS_USE_FIPS_ENDPOINT", "AWS_STS_REGIONAL_ENDPOINTS",
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS");

    private static final Set<String> INHERITED_PREFIXES = Set.of("LC_", "AWS_ENDPOINT_URL_");

    /** What a session may set: an identity and its region, nothing that changes how Terraform works. */
    private static final Set<String> SESSION =
            Set.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_DEFAULT_REGION");

    /** Set by shells to the run that a process works for: so Terraform and its providers are known among all processes of a machine. */
    public static final String MARKER = "EC2_DOCKER_RUN";

    private TerraformEnvironment() {}

    /**
     * @param parent the environment of whoever starts Terraform
     * @param cliConfiguration see {@code CliConfiguration}
     * @param dataDirectory Terraform's own scratch, made by {@code init}
     * @param session see {@link #SESSION}
     * @throws IllegalArgumentException the session holds anything else
     */
    public static Map<String, String> of(Map<String, String> parent, Path cliConfiguration, Path dataDirectory,
            Map<String, String> session) {
        for (String name : session.keySet()) {
            if (!SESSION.contains(name)) {
                throw new IllegalArgumentException(
                        name + " is not a variable that a session may set; it may set " + new java.util.TreeSet<>(SESSION));
            }
        }
        Map<String, String> environment = inherited(parent);
        environment.put("TF_CLI_CONFIG_FILE", cliConfiguration.toAbsolutePath().toString());
        environment.put("TF_DATA_DIR", dataDirectory.toAbsolutePath().toString());
        environment.put("TF_IN_AUTOMATION", "1");
        environment.put("TF_INPUT", "0");
        environment.put("CHECKPOINT_DISABLE", "1");
        // Without these the AWS SDK would look for another identity: in the user's files, and on an EC2 instance in its role.
        environment.put("AWS_CONFIG_FILE", "/dev/null");
        environment.put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        // Most of a short command is the provider's schema being built, and a sixth of that its garbage collection: measured, with these two
        // validate, plan and show take 16 % less CPU time for 20 % more memory. Over the limit, Go collects as often as it would without them.
        environment.putIfAbsent("GOGC", "400");
        environment.putIfAbsent("GOMEMLIMIT", "1GiB");
        environment.put("HOME", dataDirectory.toAbsolutePath().toString());
        environment.putAll(session);
        return environment;
    }

    /** The part of the parent's environment that is passed on. */
    static Map<String, String> inherited(Map<String, String> parent) {
        Map<String, String> environment = new TreeMap<>();
        parent.forEach((name, value) -> {
            if (INHERITED.contains(name) || INHERITED_PREFIXES.stream().anyMatch(name::startsWith)) {
                environment.put(name, value);
            }
        });
        return environment;
    }
}
