package io.jenkins.plugins.ec2docker.jenkins.run;

import io.jenkins.plugins.ec2docker.aws.EnvironmentProxy;
import io.jenkins.plugins.ec2docker.aws.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.SessionName;
import io.jenkins.plugins.ec2docker.provisioning.CredentialsSource;
import io.jenkins.plugins.ec2docker.provisioning.DeploymentStore;
import io.jenkins.plugins.ec2docker.provisioning.RunSession;
import io.jenkins.plugins.ec2docker.provisioning.RunSettings;
import io.jenkins.plugins.ec2docker.request.ProvisionRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Logger;

/** With what a deployment is looked after when no run does: its store, and the credentials and agent of its last run. */
final class DeploymentAccess {

    private static final Logger LOGGER = Logger.getLogger(DeploymentAccess.class.getName());

    private final String job;
    private final String name;
    private final Origin origin;

    private DeploymentAccess(String job, String name, Origin origin) {
        this.job = job;
        this.name = name;
        this.origin = origin;
    }

    /**
     * @param job full name
     * @throws IOException if nothing was ever applied, so that there is nothing to look after
     */
    static DeploymentAccess of(String job, String name) throws IOException {
        Origin origin = JobDeployments.origin(job, name)
                .orElseThrow(() -> new IOException("Deployment \"" + name + "\" of job " + job + " has never been worked on."));
        return new DeploymentAccess(job, name, origin);
    }

    DeploymentStore store() {
        return JobDeployments.of(job);
    }

    /** A directory of its own beside that of the last run. */
    Agent agent(String runId) throws IOException {
        return Agent.of(origin.agent().path().getParent().child(runId));
    }

    RunSettings settings(String who) {
        SystemSettings system = SystemSettings.get();
        return new RunSettings(system.terraform(), system.providers(), ControllerEnvironment.now(), system.guardrails(), system.maxRetries(),
                system.abortGrace(), who);
    }

    /** The keys that a run of the request would work with. */
    RunSession session(ProvisionRequest request, String runId, String who, Clock clock, Consumer<String> hide) {
        RunSettings settings = settings(who);
        EnvironmentProxy.of(settings.environment()).passwords().forEach(hide);
        return RunSession.of(
                request, credentials(request.region(), settings.environment(), hide), settings, sessionName(), runId, clock, LOGGER::fine);
    }

    /** What the role of a request is assumed with. */
    CredentialsSource credentials(String region, Map<String, String> environment, Consumer<String> hide) {
        return new JenkinsCredentials(
                origin.credentialsId(), Builds.context(job), null, region, sessionName(), environment, keys -> hide(keys, hide));
    }

    private String sessionName() {
        return SessionName.of("jenkins", job, name);
    }

    private static void hide(SessionCredentials keys, Consumer<String> hide) {
        keys.secrets().forEach(secret -> hide.accept(secret.reveal()));
    }
}
