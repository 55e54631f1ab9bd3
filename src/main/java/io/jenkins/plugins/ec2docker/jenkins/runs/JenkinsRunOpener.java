package io.jenkins.plugins.ec2docker.jenkins.runs;

import hudson.AbortException;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.session.RoleSessionName;
import io.jenkins.plugins.ec2docker.jenkins.agent.AgentSite;
import io.jenkins.plugins.ec2docker.jenkins.controller.Builds;
import io.jenkins.plugins.ec2docker.jenkins.controller.ControllerEnvironment;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.jenkins.credentials.JenkinsCredentials;
import io.jenkins.plugins.ec2docker.jenkins.store.ActiveRunRecord;
import io.jenkins.plugins.ec2docker.jenkins.store.EncryptedOrder;
import io.jenkins.plugins.ec2docker.jenkins.store.JobDeployments;
import io.jenkins.plugins.ec2docker.jenkins.store.LastRunContext;
import io.jenkins.plugins.ec2docker.jenkins.store.RunLog;
import io.jenkins.plugins.ec2docker.platform.ProxySettings;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.StoredRequest;
import io.jenkins.plugins.ec2docker.run.RunStart;
import io.jenkins.plugins.ec2docker.run.RunSteps;
import io.jenkins.plugins.ec2docker.run.RunTools;
import io.jenkins.plugins.ec2docker.run.config.AwsRunSession;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.config.StateBackendSetting;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.ProvisioningRun;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.store.DeploymentLock;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;

/**
 * A run's turn on a Jenkins controller: lock, deployment, credentials of the job, settings as they are at that moment.
 *
 * <p>One that has begun already, under a controller that died, goes on with what it had.
 */
final class JenkinsRunOpener implements RunOpener {

    private final EncryptedOrder order;
    private final AgentSite site;
    private final RunLog log;
    private final Clock clock;

    /** @param order what is asked for; for a destruction what was applied when it was asked for */
    JenkinsRunOpener(EncryptedOrder order, AgentSite site, RunLog log, Clock clock) {
        this.order = order;
        this.site = site;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public Begun at(ActiveRunRecord record) throws IOException {
        DeploymentStore store = JobDeployments.of(record.job());
        String name = record.deployment().name();
        DeploymentLock lock = lock(store, name, record);
        try {
            return record.run().actions().isEmpty() ? begin(record, store, lock) : goOn(record, store, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private Begun begin(ActiveRunRecord waited, DeploymentStore store, DeploymentLock lock) throws IOException {
        Purpose purpose = waited.run().purpose();
        String name = waited.deployment().name();
        ProvisionRequest asked = purpose == Purpose.DESTROY ? null : order.request();
        RunStart start = RunStart.of(store, purpose, name, asked, waited.runId(), waited.by(), clock.instant());
        String backTo = order.backTo();
        if (backTo != null) {
            start = start.backTo(backTo);
        }
        if (waited.build() > 0) {
            start = start.ofBuild(waited.build());
        }
        ActiveRunRecord record = waited.with(start.run(), start.deployment());
        ProvisionRequest request = start.request();
        if (request == null) {
            return new Begun(record, null, lock, start.needless(clock.instant()));
        }
        start.store(store);
        if (purpose != Purpose.PLAN) {
            JobDeployments.remember(record.job(), name, new LastRunContext(record.credentialsId(), record.agent()));
        }
        StoredRequest stored = purpose == Purpose.DESTROY ? StoredRequest.of(request) : order.stored();
        return new Begun(record, steps(record, store, stored), lock, null);
    }

    private Begun goOn(ActiveRunRecord record, DeploymentStore store, DeploymentLock lock) throws IOException {
        ProvisioningRun run = record.run();
        Deployment known = run.purpose() == Purpose.PLAN
                ? record.deployment()
                : store.find(record.deployment().name()).orElse(record.deployment());
        ActiveRunRecord here = record.with(run, known);
        return new Begun(here, steps(here, store, order.stored()), lock, null);
    }

    private DeploymentLock lock(DeploymentStore store, String name, ActiveRunRecord record) throws IOException {
        try {
            return store.lock(name, DeploymentLock.Holder.here(record.runId(), record.run().purpose(), record.by(), clock.instant()));
        } catch (DeploymentLock.Held e) {
            throw new AbortException(e.getMessage());
        }
    }

    private RunSteps steps(ActiveRunRecord record, DeploymentStore store, StoredRequest request) throws IOException {
        hudson.model.Run<?, ?> build = Builds.find(record.job(), record.build()).orElse(null);
        // Once more, because it may have changed while the run waited.
        new RunOwner(record.job(), Builds.context(record.job()), build, record.by())
                .requireCredentials(record.credentialsId(), record.agent(), request.request());
        SystemSettings system = SystemSettings.get();
        Map<String, String> environment = ControllerEnvironment.now();
        ProxySettings.of(environment).passwords().forEach(log::hide);
        RunSettings settings = new RunSettings(
                system.terraform(), system.providers(), environment, system.guardrails(), system.maxRetries(), system.abortGrace(),
                record.by(),
                new StateBackendSetting(system.stateBackend(), true));
        String sessionName = RoleSessionName.of("jenkins", record.job(), Integer.toString(record.build()));
        JenkinsCredentials credentials = new JenkinsCredentials(
                record.credentialsId(),
                Builds.context(record.job()),
                build,
                record.region(),
                sessionName,
                environment,
                this::hide);
        AwsRunSession session = AwsRunSession.of(request.request(), credentials, settings, sessionName, record.runId(), clock, log::info);
        return new RunSteps(
                new RunTools(store, settings, session, site, clock, log::info), record.deployment(), request, order.usersCsv());
    }

    private void hide(SessionCredentials keys) {
        keys.secrets().forEach(secret -> log.hide(secret.reveal()));
    }
}
