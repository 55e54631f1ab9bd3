package io.jenkins.plugins.ec2docker.jenkins.controller;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Item;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.config.S3BackendSetting;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What administrators have decided for all runs on this controller. The one that is installed counts; without any, these defaults. */
public interface SystemSettings extends ExtensionPoint {

    static SystemSettings get() {
        return ExtensionList.lookup(SystemSettings.class).stream().findFirst().orElse(new SystemSettings() {});
    }

    /** What may be asked for. */
    default Guardrails guardrails() {
        return Guardrails.UNRESTRICTED;
    }

    /**
     * A request's document with what administrators add where it says nothing, such as a default region or tags.
     *
     * @param document never changed
     */
    default Map<String, Object> completed(Map<String, Object> document) {
        return document;
    }

    /** Why the job may not do this for the one it runs as; empty if it may. Asked on the thread that starts the run. */
    default Optional<String> refusal(Purpose purpose, Item job) {
        return Optional.empty();
    }

    /** Path of the Terraform binary on agents; null to look on their PATH. */
    @CheckForNull
    default String terraform() {
        return null;
    }

    /** Provider mirror or shared provider directory on agents; null to look where Terraform's own conventions say. */
    @CheckForNull
    default String providers() {
        return null;
    }

    /**
     * Variables for the AWS calls of controller and Terraform over those of the machine, such as {@code AWS_ENDPOINT_URL}. Never
     * credentials.
     */
    default Map<String, String> environment() {
        return Map.of();
    }

    /** Where states are to be; null for the controller alone. Deployments that exist move at their next run that provisions. */
    @CheckForNull
    default S3BackendSetting stateBackend() {
        return null;
    }

    /** How often the AWS provider repeats a call that AWS throttles or fails. */
    default int maxRetries() {
        return RunSettings.DEFAULT_MAX_RETRIES;
    }

    /** Whether runs may work as the controller itself (its environment, its instance's role) where no credentials are named. */
    default boolean controllerCredentialsAllowed() {
        return false;
    }

    /** How long an aborted build waits for its run to save and clean up before it ends without it. */
    default Duration abortGrace() {
        return Duration.ofMinutes(10);
    }

    /** How many runs may be under way at once; others wait their turn. 0: no limit. */
    default int concurrentRuns() {
        return 0;
    }
}
