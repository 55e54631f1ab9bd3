package io.jenkins.plugins.ec2docker.jenkins.credentials;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.session.RoleSessionName;
import io.jenkins.plugins.ec2docker.jenkins.agent.AgentDirectory;
import io.jenkins.plugins.ec2docker.jenkins.controller.Builds;
import io.jenkins.plugins.ec2docker.jenkins.controller.ControllerEnvironment;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.jenkins.store.LastRunContext;
import io.jenkins.plugins.ec2docker.platform.ProxySettings;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.run.config.AwsRunSession;
import io.jenkins.plugins.ec2docker.run.config.CredentialsSource;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Logger;

/** With what a deployment is looked after when no run does: its store, and the credentials of its last run. */
public final class DeploymentAccess {

    private static final Logger LOGGER = Logger.getLogger(DeploymentAccess.class.getName());

    private final String job;
    private final String name;
    private final LastRunContext origin;

    private DeploymentAccess(String job, String name, LastRunContext origin) {
        this.job = job;
        this.name = name;
        this.origin = origin;
    }

    /**
     * @param job full name
     * @throws IOException if nothing was ever applied, so that there is nothing to look after
     */
    public static DeploymentAccess of(String job, String name) throws IOException {
        LastRunContext origin = JobDeployments.origin(job, name)
                .orElseThrow(() -> new IOException("Deployment \"" + name + "\" of job " + job + " has never been worked on."));
        return new DeploymentAccess(job, name, origin);
    }

    public DeploymentStore store() {
        return JobDeployments.of(job);
    }

    public RunSettings settings(String who) {
        SystemSettings system = SystemSettings.get();
        return new RunSettings(system.terraform(), system.providers(), ControllerEnvironment.now(), system.guardrails(),
                system.maxRetries(),
                system.abortGrace(), who);
    }

    /** The keys that a run of the request would work with. */
    public AwsRunSession session(ProvisionRequest request, String runId, String who, Clock clock, Consumer<String> hide) {
        RunSettings settings = settings(who);
        ProxySettings.of(settings.environment()).passwords().forEach(hide);
        return AwsRunSession.of(
                request, credentials(request.region(), settings.environment(), hide), settings, sessionName(), runId, clock, LOGGER::fine);
    }

    /**
     * The same for Terraform on an agent.
     *
     * @throws AwsException if it may not have them there
     */
    public AwsRunSession session(
            AgentDirectory agent, ProvisionRequest request, String runId, String who, Clock clock) throws AwsException {
        Optional<String> refusal = agent.onController()
                ? Optional.empty()
                : JenkinsCredentials.refusalOnAgent(origin.credentialsId(), Builds.context(job), null, request.role() != null);
        if (refusal.isPresent()) {
            throw new AwsException(AwsException.Reason.NO_CREDENTIALS, refusal.get(), null);
        }
        return session(request, runId, who, clock, secret -> {});
    }

    /** What the role of a request is assumed with. */
    private CredentialsSource credentials(String region, Map<String, String> environment, Consumer<String> hide) {
        return new JenkinsCredentials(
                origin.credentialsId(), Builds.context(job), null, region, sessionName(), environment, keys -> hide(keys, hide));
    }

    private String sessionName() {
        return RoleSessionName.of("jenkins", job, name);
    }

    private static void hide(SessionCredentials keys, Consumer<String> hide) {
        keys.secrets().forEach(secret -> hide.accept(secret.reveal()));
    }
}
