package io.jenkins.plugins.ec2docker.jenkins.run;

import io.jenkins.plugins.ec2docker.aws.AwsRefusal;
import io.jenkins.plugins.ec2docker.aws.BaseCredentials;
import io.jenkins.plugins.ec2docker.aws.SesMail;
import io.jenkins.plugins.ec2docker.aws.SessionCredentials;
import java.util.Map;

/** How Jenkins itself, for no job, works with AWS. */
public final class ControllerAccess {
    private ControllerAccess() {}

    /**
     * Keys for calls that Jenkins makes for itself.
     *
     * @param credentialsId of the global store; null for what the controller's environment gives
     * @throws AwsRefusal if there are none; a sentence
     */
    public static SessionCredentials keys(String credentialsId, String region) throws AwsRefusal {
        Map<String, String> environment = ControllerEnvironment.now();
        return credentialsId == null
                ? new BaseCredentials(environment).find()
                : new JenkinsCredentials(credentialsId, null, null, region, "jenkins-mail", environment, keys -> {}).find();
    }

    public static SesMail ses(String region) {
        return new SesMail(region, ControllerEnvironment.now());
    }
}
