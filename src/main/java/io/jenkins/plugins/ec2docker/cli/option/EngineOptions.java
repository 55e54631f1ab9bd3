package io.jenkins.plugins.ec2docker.cli.option;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.session.EnvironmentCredentials;
import io.jenkins.plugins.ec2docker.cli.output.CommandFailure;
import io.jenkins.plugins.ec2docker.local.LocalEngine;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.run.RunObserver;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.config.StateBackendSetting;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of commands that run Terraform. */
public final class EngineOptions {

    @Option(names = "--terraform", paramLabel = "PATH", description = "Terraform binary, or its directory. Default: the one on the PATH.")
    @CheckForNull
    private String terraform;

    @Option(
            names = "--provider-mirror",
            paramLabel = "DIR",
            description = "Provider mirror, or a directory to share downloaded providers in. Default: a mirror where Terraform looks for"
                    + " one, else a shared directory in the user's cache.")
    private String providers;

    @Option(
            names = "--max-retries",
            paramLabel = "N",
            defaultValue = "" + RunSettings.DEFAULT_MAX_RETRIES,
            description = "How often the AWS provider repeats a call that AWS throttles or fails. Default: ${DEFAULT-VALUE}.")
    private int maxRetries;

    @Option(
            names = "--grace",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "How long a Terraform left over by a killed run may take to save its state. Default: ${DEFAULT-VALUE}.")
    private long graceSeconds;

    private final Map<String, String> environment;

    /** @param environment of this process */
    public EngineOptions(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** @throws CommandFailure if a number is negative */
    public LocalEngine provisioner(DeploymentStore store, Guardrails guardrails, RunObserver listener) throws CommandFailure {
        return provisioner(store, guardrails, listener, StateBackendSetting.STORE);
    }

    /** @param state where the states of deployments that begin are to be */
    public LocalEngine provisioner(DeploymentStore store, Guardrails guardrails, RunObserver listener, StateBackendSetting state)
            throws CommandFailure {
        requirePositive("--max-retries", maxRetries);
        requirePositive("--grace", graceSeconds);
        RunSettings settings = new RunSettings(
                terraform,
                providers,
                environment,
                guardrails,
                maxRetries,
                Duration.ofSeconds(graceSeconds),
                System.getProperty("user.name"),
                state);
        return new LocalEngine(store, settings, new EnvironmentCredentials(environment)::find, listener, Clock.systemUTC());
    }

    private static void requirePositive(String option, long number) throws CommandFailure {
        if (number < 0) {
            throw CommandFailure.invalid(option + " is " + number + "; give 0 or more.");
        }
    }
}
