package io.jenkins.plugins.ec2docker.verify;

import io.jenkins.plugins.ec2docker.bootstrap.Bootstrap;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import java.time.Duration;

/**
 * How long is waited for something to serve.
 *
 * @param whole from the end of the apply until everything must have been seen
 * @param answer from the end of the boot until the service must have answered; not beyond the whole
 */
public record ReadinessTimeout(Duration whole, Duration answer) {

    /**
     * For what a request cannot hasten. EC2's status checks are waited for ten minutes by AWS's own tools (waiter InstanceStatusOk: 40 looks,
     * 15 s apart), and meanwhile the boot installs Docker and pulls the images; half as much again is for slow registries.
     */
    static final Duration BOOT = Duration.ofMinutes(15);

    /**
     * Beside that, what Auto Scaling takes its time for: a new instance warms up for five minutes, and those that it replaces go only then, their
     * connections drained for a minute; twice, for a group that replaces one part after the other.
     */
    static final Duration REFRESH = Duration.ofMinutes(15);

    /** Of an instance or of tasks: the boot, and then the containers for as long as the boot script waits for them. */
    public static ReadinessTimeout of(ProvisionRequest request) {
        Duration containers = Bootstrap.healthWait(request);
        return new ReadinessTimeout(BOOT.plus(containers), containers);
    }

    /** Of an Auto Scaling group: its instances may be replaced one part after the other. */
    public static ReadinessTimeout ofGroup(ProvisionRequest request) {
        ReadinessTimeout instance = of(request);
        return new ReadinessTimeout(instance.whole().plus(REFRESH), instance.answer());
    }
}
