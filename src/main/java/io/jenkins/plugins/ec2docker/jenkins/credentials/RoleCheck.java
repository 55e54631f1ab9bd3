package io.jenkins.plugins.ec2docker.jenkins.credentials;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Computer;
import hudson.model.Item;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException.Reason;
import io.jenkins.plugins.ec2docker.aws.session.CallerIdentity;
import io.jenkins.plugins.ec2docker.aws.session.RoleSessionRequest;
import io.jenkins.plugins.ec2docker.aws.session.StsCallerIdentityLookup;
import io.jenkins.plugins.ec2docker.aws.session.StsRoleSessions;
import io.jenkins.plugins.ec2docker.jenkins.controller.ControllerEnvironment;
import io.jenkins.plugins.ec2docker.request.model.Role;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks AWS, before any build, whom it would take a job's runs for. Makes a session and forgets it; changes nothing. */
public final class RoleCheck {

    private final Item job;
    @CheckForNull
    private final String credentialsId;
    private final String region;
    @CheckForNull
    private final Role role;

    /**
     * @param credentialsId null for the controller's own credentials
     * @param role null for the credentials' own identity
     */
    public RoleCheck(Item job, @CheckForNull String credentialsId, String region, @CheckForNull Role role) {
        this.job = job;
        this.credentialsId = credentialsId;
        this.region = region;
        this.role = role;
    }

    /**
     * Whom AWS takes the caller for.
     *
     * @param limit after which the question is given up
     * @throws AwsException with a sentence, also where Jenkins refuses the credentials and where there was no answer in time
     */
    public CallerIdentity ask(Duration limit) throws AwsException, InterruptedException {
        Future<CallerIdentity> answer = Computer.threadPoolForRemoting.submit((Callable<CallerIdentity>) this::identity);
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new AwsException(Reason.UNREACHABLE, "AWS gave no answer within " + limit.toSeconds()
                    + " s. Is there a way from the Jenkins controller to STS in " + region + ", through the proxy if there is one?", late);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof AwsException refusal) {
                throw refusal;
            }
            throw new AwsException(Reason.OTHER, "AWS could not be asked: " + failed.getCause().getMessage(), failed.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private CallerIdentity identity() throws AwsException {
        Map<String, String> environment = ControllerEnvironment.now();
        AwsSettings aws = AwsSettings.of(region, environment);
        String sessionName = "jenkins-" + job.getFullName() + "-check";
        SessionCredentials base =
                new JenkinsCredentials(credentialsId, job, null, region, sessionName, environment, hidden -> {}).find();
        if (role == null) {
            return new StsCallerIdentityLookup(aws).check(base);
        }
        return new StsRoleSessions(aws)
                .assume(base, new RoleSessionRequest(role.arn(), role.externalId(), sessionName, Map.of(), role.durationSeconds()))
                .identity();
    }
}
