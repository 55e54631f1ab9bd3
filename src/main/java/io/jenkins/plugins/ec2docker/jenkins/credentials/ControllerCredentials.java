package io.jenkins.plugins.ec2docker.jenkins.credentials;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.clients.SesMail;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.session.EnvironmentCredentials;
import io.jenkins.plugins.ec2docker.jenkins.controller.ControllerEnvironment;
import java.util.Map;

/** How Jenkins itself, for no job, works with AWS. */
public final class ControllerCredentials {
    private ControllerCredentials() {}

    /**
     * Keys for calls that Jenkins makes for itself.
     *
     * @param credentialsId of the global store; null for what the controller's environment gives
     * @throws AwsException if there are none; a sentence
     */
    public static SessionCredentials keys(@CheckForNull String credentialsId, String region) throws AwsException {
        Map<String, String> environment = ControllerEnvironment.now();
        return credentialsId == null
                ? new EnvironmentCredentials(environment).find()
                : new JenkinsCredentials(credentialsId, null, null, region, "jenkins-mail", environment, keys -> {}).findForJenkins();
    }

    public static SesMail ses(String region) {
        return new SesMail(region, ControllerEnvironment.now());
    }
}
