package io.jenkins.plugins.ec2docker.verify;

import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.clients.EcsService;
import io.jenkins.plugins.ec2docker.aws.clients.EcsService.Deployment;
import io.jenkins.plugins.ec2docker.aws.clients.EcsServices;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.bootstrap.BootConsole;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Follows an ECS service until it is stable with all tasks of the task definition that was applied. A deployment that ECS gave up, or took back
 * by its circuit breaker, ends it at once.
 */
public final class EcsRollout implements Rollout {

    private final EcsServices services;
    private final String cluster;
    private final String service;
    private final String definition;
    private final Consumer<String> notes;
    private final Set<String> told = new HashSet<>();

    /** @param definition ARN of the task definition that was applied */
    public EcsRollout(EcsServices services, String cluster, String service, String definition, Consumer<String> notes) {
        this.services = services;
        this.cluster = cluster;
        this.service = service;
        this.definition = definition;
        this.notes = notes;
    }

    @Override
    public String subject() {
        return "ECS service " + service;
    }

    @Override
    public Standing look(SessionCredentials keys) throws AwsException {
        Optional<EcsService> found = services.service(keys, cluster, service);
        if (found.isEmpty() || found.get().deployments().isEmpty()) {
            return Standing.failed("AWS does not know ECS service " + service + " of cluster " + cluster + ", which the state names.");
        }
        List<Deployment> deployments = found.get().deployments();
        Deployment primary = deployments.get(0);
        if (!primary.taskDefinition().equals(definition)) {
            String why = deployments.stream().filter(each -> each.taskDefinition().equals(definition)).map(Deployment::reason).findFirst()
                    .orElse("");
            return Standing.failed("ECS took the deployment of service " + service + " back" + said(why) + lastEnd(keys) + ".");
        }
        if (primary.rollout().equals("FAILED")) {
            return Standing.failed("The deployment of ECS service " + service + " failed" + said(primary.reason()) + lastEnd(keys) + ".");
        }
        boolean stable = deployments.size() == 1 && primary.running() >= primary.desired()
                && (primary.rollout().isEmpty() || primary.rollout().equals("COMPLETED"));
        if (!stable && primary.running() < primary.desired()) {
            tellEnds(keys);
        }
        return new Standing(null, stable, primary.desired(), primary.running() + " of " + primary.desired() + " tasks of "
                + definition.replaceFirst(".*/", "") + " run"
                + (primary.rollout().isEmpty() ? "" : ", the deployment is " + primary.rollout())
                + (deployments.size() > 1 ? ", tasks of before have not all ended" : ""));
    }

    @Override
    public void settle(SessionCredentials keys) throws AwsException {
        services.deregister(keys, definition.replaceFirst(".*/", "").replaceFirst(":.*", ""), definition);
    }

    private void tellEnds(SessionCredentials keys) throws AwsException {
        for (String end : services.ends(keys, cluster, service, definition)) {
            if (told.add(end)) {
                notes.accept("A task of " + service + " ended: " + BootConsole.printable(end) + ".");
            }
        }
    }

    private String lastEnd(SessionCredentials keys) throws AwsException {
        return services.ends(keys, cluster, service, definition).stream().findFirst().map(end -> "; its last task ended" + said(end))
                .orElse("");
    }

    private static String said(String reason) {
        return reason.isBlank() ? "" : ": " + BootConsole.printable(reason).strip().replaceFirst("\\.$", "");
    }
}
