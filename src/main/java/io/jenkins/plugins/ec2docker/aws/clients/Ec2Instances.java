package io.jenkins.plugins.ec2docker.aws.clients;

import io.jenkins.plugins.ec2docker.aws.access.AwsClientFactory;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsCall;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.GetConsoleOutputResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;
import software.amazon.awssdk.services.ec2.model.StateReason;

/** Asks EC2 what it knows of instances (DescribeInstances, DescribeInstanceStatus, GetConsoleOutput), and starts and stops them. */
public final class Ec2Instances implements Instances {
    private final AwsSettings settings;

    public Ec2Instances(AwsSettings settings) {
        this.settings = settings;
    }

    @Override
    public Optional<InstanceDescription> describe(SessionCredentials credentials, String instanceId) throws AwsException {
        try (Ec2Client ec2 = new AwsClientFactory(settings).ec2(credentials)) {
            return new AwsCall(settings, credentials, "ec2:DescribeInstances")
                    .ask(() -> ec2.describeInstances(request -> request.instanceIds(instanceId)))
                    .reservations().stream()
                    .flatMap(reservation -> reservation.instances().stream())
                    .findFirst()
                    .map(Ec2Instances::view);
        } catch (AwsException refusal) {
            return emptyIfUnknown(refusal);
        }
    }

    @Override
    public Optional<StatusChecks> status(SessionCredentials credentials, String instanceId) throws AwsException {
        try (Ec2Client ec2 = new AwsClientFactory(settings).ec2(credentials)) {
            return new AwsCall(settings, credentials, "ec2:DescribeInstanceStatus")
                    .ask(() -> ec2.describeInstanceStatus(request -> request.instanceIds(instanceId).includeAllInstances(true)))
                    .instanceStatuses().stream()
                    .findFirst()
                    .map(Ec2Instances::checks);
        } catch (AwsException refusal) {
            return emptyIfUnknown(refusal);
        }
    }

    @Override
    public Optional<ConsoleOutput> latestConsole(SessionCredentials credentials, String instanceId) throws AwsException {
        AwsCall attempt = new AwsCall(settings, credentials, "ec2:GetConsoleOutput");
        try (Ec2Client ec2 = new AwsClientFactory(settings).ec2(credentials)) {
            return Optional.of(attempt.ask(() -> newest(ec2, instanceId)));
        } catch (AwsException refusal) {
            return emptyIfUnknown(refusal);
        }
    }

    /**
     * Returns as soon as EC2 has taken the order; one that runs already is no failure.
     *
     * @throws AwsException also for one that is just stopping, which cannot be started yet
     */
    public void start(SessionCredentials credentials, String instanceId) throws AwsException {
        try (Ec2Client ec2 = new AwsClientFactory(settings).ec2(credentials)) {
            new AwsCall(settings, credentials, "ec2:StartInstances")
                    .ask(() -> ec2.startInstances(request -> request.instanceIds(instanceId)));
        }
    }

    /** Returns as soon as EC2 has taken the order; one that is stopped already is no failure. */
    public void stop(SessionCredentials credentials, String instanceId) throws AwsException {
        try (Ec2Client ec2 = new AwsClientFactory(settings).ec2(credentials)) {
            new AwsCall(settings, credentials, "ec2:StopInstances")
                    .ask(() -> ec2.stopInstances(request -> request.instanceIds(instanceId)));
        }
    }

    /** Instance types that are not built on Nitro refuse {@code Latest}. */
    private static ConsoleOutput newest(Ec2Client ec2, String instanceId) {
        try {
            return console(ec2.getConsoleOutput(request -> request.instanceId(instanceId).latest(true)), true);
        } catch (Ec2Exception e) {
            if (e.awsErrorDetails() == null || !"UnsupportedOperation".equals(e.awsErrorDetails().errorCode())) {
                throw e;
            }
            return console(ec2.getConsoleOutput(request -> request.instanceId(instanceId)), false);
        }
    }

    private static ConsoleOutput console(GetConsoleOutputResponse answer, boolean live) {
        byte[] output = answer.output() == null ? new byte[0] : Base64.getMimeDecoder().decode(answer.output());
        return new ConsoleOutput(new String(output, StandardCharsets.UTF_8), answer.timestamp(), live);
    }

    private static <T> Optional<T> emptyIfUnknown(AwsException refusal) throws AwsException {
        if (refusal.reason() == Reason.NOT_FOUND) {
            return Optional.empty();
        }
        throw refusal;
    }

    private static StatusChecks checks(InstanceStatus status) {
        return new StatusChecks(
                status.instanceState().nameAsString(), status.instanceStatus().statusAsString(), status.systemStatus().statusAsString());
    }

    private static InstanceDescription view(Instance instance) {
        StateReason reason = instance.stateReason();
        return new InstanceDescription(
                instance.instanceId(),
                instance.state().nameAsString(),
                reason == null ? null : reason.message(),
                instance.publicIpAddress(),
                instance.publicDnsName() == null || instance.publicDnsName().isEmpty() ? null : instance.publicDnsName());
    }
}
