package io.jenkins.plugins.ec2docker.jenkins.credentials;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException.Reason;
import io.jenkins.plugins.ec2docker.aws.session.AssumedRole;
import io.jenkins.plugins.ec2docker.aws.session.EnvironmentCredentials;
import io.jenkins.plugins.ec2docker.aws.session.RoleSessionRequest;
import io.jenkins.plugins.ec2docker.aws.session.StsRoleSessions;
import io.jenkins.plugins.ec2docker.jenkins.controller.SystemSettings;
import io.jenkins.plugins.ec2docker.run.config.CredentialsSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import jenkins.model.Jenkins;

/**
 * AWS credentials of the credentials store, as the job may use them: looked up anew each time, so that a permission that was taken away or a
 * key that was replaced counts at once, also for a run that outlives its build.
 *
 * <p>A role that is stored with the credentials is assumed here, by the engine's own call: so the session is named after job and build, and
 * AWS's refusals are told as everywhere else.
 *
 * <p>Credentials with a blank access key stand for the controller's own (its environment, its instance's role), as no credentials at all do:
 * both are used only where administrators allow that, and reach an agent only as the session of a role.
 */
public final class JenkinsCredentials implements CredentialsSource {

    @CheckForNull
    private final String id;
    @CheckForNull
    private final Item job;
    @CheckForNull
    private final hudson.model.Run<?, ?> build;
    private final AwsSettings aws;
    private final String sessionName;
    private final Map<String, String> environment;
    private final Consumer<SessionCredentials> hide;

    /**
     * @param id null for the controller's own credentials
     * @param job in whose context they are looked up; where it was deleted the folder it was in, or null for the top
     * @param build may be null where the build is gone
     * @param environment the controller's, with what the settings put over it
     * @param hide is given whatever must not be shown
     */
    public JenkinsCredentials(
            @CheckForNull String id,
            @CheckForNull Item job,
            @CheckForNull hudson.model.Run<?, ?> build,
            String region,
            String sessionName,
            Map<String, String> environment,
            Consumer<SessionCredentials> hide) {
        this.id = id;
        this.job = job;
        this.build = build;
        this.aws = AwsSettings.of(region, environment);
        this.sessionName = sessionName;
        this.environment = environment;
        this.hide = hide;
    }

    /** Why they may not be used; empty if they may. Asks nobody but Jenkins. */
    public static Optional<String> refusal(@CheckForNull String id, @CheckForNull Item job, @CheckForNull hudson.model.Run<?, ?> build) {
        Optional<String> missing = missing(id, job, build);
        if (missing.isPresent() || SystemSettings.get().controllerCredentialsAllowed() || !isControllers(id, job, build)) {
            return missing;
        }
        return Optional.of(id == null
                ? "credentialsId: is needed; give the id of AWS credentials that " + named(job)
                        + " may use. Working with the controller's own AWS credentials is switched off."
                : "credentialsId \"" + id + "\": has no access key, which means the controller's own AWS credentials, and working with"
                        + " these is switched off. Give the credentials an access key, or have an administrator allow it.");
    }

    /**
     * Why Terraform on an agent may not work with them; empty if it may. What builds on that agent can read must not be the controller itself.
     *
     * @param role whether the request names a role, as whose session Terraform works then
     */
    public static Optional<String> refusalOnAgent(@CheckForNull String id, @CheckForNull Item job,
            @CheckForNull hudson.model.Run<?, ?> build, boolean role) {
        return role || !isControllers(id, job, build) || role(id, job, build).isPresent()
                ? Optional.empty()
                : Optional.of((id == null ? "credentialsId" : "credentialsId \"" + id + "\"")
                        + ": means the controller's own AWS credentials,"
                        + " which are not given to an agent. Name a role to assume (role.arn), store one with the credentials, or use"
                        + " credentials with an access key of their own.");
    }

    private static Optional<String> missing(@CheckForNull String id, @CheckForNull Item job, @CheckForNull hudson.model.Run<?, ?> build) {
        return id == null || find(id, job, build) != null
                ? Optional.empty()
                : Optional.of("credentialsId \"" + id + "\": " + named(job) + " has no AWS credentials of that id, or may not use"
                        + " them. Give the id of credentials of kind AWS Credentials in the job's folder or in the system's global store.");
    }

    private static boolean isControllers(@CheckForNull String id, @CheckForNull Item job, @CheckForNull hudson.model.Run<?, ?> build) {
        return id == null || find(id, job, build) instanceof AWSCredentialsImpl keys && accessKey(keys).isEmpty();
    }

    private static String accessKey(AWSCredentialsImpl keys) {
        return keys.getAccessKey() == null ? "" : keys.getAccessKey().strip();
    }

    private static String named(@CheckForNull Item job) {
        return job == null ? "Jenkins' global store" : (job instanceof Job ? "job " : "folder ") + job.getFullName();
    }

    /** ARN of the role that is stored with the credentials, if there is one. Asks nobody but Jenkins. */
    public static Optional<String> role(@CheckForNull String id, @CheckForNull Item job, @CheckForNull hudson.model.Run<?, ?> build) {
        return id != null && find(id, job, build) instanceof AWSCredentialsImpl stored ? role(stored) : Optional.empty();
    }

    private static Optional<String> role(AWSCredentialsImpl stored) {
        return Optional.ofNullable(stored.getIamRoleArn()).map(String::strip).filter(arn -> !arn.isEmpty());
    }

    @Override
    public SessionCredentials find() throws AwsException {
        return find(refusal(id, job, build));
    }

    /** For what administrators have Jenkins itself do: whether runs may work as the controller has no say in that. */
    SessionCredentials findForJenkins() throws AwsException {
        return find(missing(id, job, build));
    }

    private SessionCredentials find(Optional<String> refusal) throws AwsException {
        if (refusal.isPresent()) {
            throw new AwsException(Reason.NO_CREDENTIALS, refusal.get(), null);
        }
        AmazonWebServicesCredentials stored = id == null ? null : find(id, job, build);
        SessionCredentials found = stored == null ? new EnvironmentCredentials(environment).find() : of(stored);
        hide.accept(found);
        return found;
    }

    private SessionCredentials of(AmazonWebServicesCredentials stored) throws AwsException {
        if (build != null) {
            CredentialsProvider.track(build, stored);
        } else if (job != null) {
            CredentialsProvider.track(job, stored);
        }
        if (!(stored instanceof AWSCredentialsImpl keys)) {
            return resolved(stored);
        }
        if (keys.requiresToken()) {
            throw new AwsException(Reason.NO_CREDENTIALS,
                    "AWS credentials \"" + id + "\" demand an MFA token, which nobody can enter for a build."
                            + " Use credentials without an MFA device.",
                    null);
        }
        String accessKey = accessKey(keys);
        SessionCredentials base = accessKey.isEmpty()
                ? new EnvironmentCredentials(environment).find()
                : SessionCredentials.ofUser(accessKey, keys.getSecretKey().getPlainText());
        hide.accept(base);
        String role = role(keys).orElse(null);
        if (role == null) {
            return base;
        }
        String externalId = keys.getIamExternalId();
        AssumedRole assumed = new StsRoleSessions(aws).assume(base, new RoleSessionRequest(
                role, externalId == null || externalId.isBlank() ? null : externalId.strip(), sessionName, Map.of(),
                keys.getStsTokenDuration()));
        return assumed.credentials();
    }

    /** Of another plugin, which knows by itself how it comes to keys. */
    private static SessionCredentials resolved(AmazonWebServicesCredentials stored) throws AwsException {
        try {
            return EnvironmentCredentials.of(stored);
        } catch (RuntimeException e) {
            throw new AwsException(Reason.NO_CREDENTIALS, "AWS credentials \"" + stored.getId() + "\" gave no keys: " + e.getMessage(), e);
        }
    }

    @CheckForNull
    private static AmazonWebServicesCredentials find(String id, @CheckForNull Item job, @CheckForNull hudson.model.Run<?, ?> build) {
        if (job == null && build == null) {
            AmazonWebServicesCredentials found = CredentialsProvider.findCredentialByIdInItemGroup(
                    id, AmazonWebServicesCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of());
            // What is for the system alone no job could ever use.
            return found == null || found.getScope() == CredentialsScope.SYSTEM ? null : found;
        }
        return build != null
                ? CredentialsProvider.findCredentialById(id, AmazonWebServicesCredentials.class, build, List.of())
                : CredentialsProvider.findCredentialByIdInItem(
                        id,
                        AmazonWebServicesCredentials.class,
                        job,
                        job instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2,
                        List.of());
    }
}
