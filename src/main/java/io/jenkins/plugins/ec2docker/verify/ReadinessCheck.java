package io.jenkins.plugins.ec2docker.verify;

import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import java.time.Duration;
import java.util.Optional;

/** One wait for what was applied to serve, look by look, so that it costs no thread between two of them. */
public interface ReadinessCheck {

    /** Says what is waited for. */
    void announce();

    /** Empty while it is to go on after a {@link #pause}. */
    Optional<Readiness> look() throws AwsException, InterruptedException;

    /** Never beyond the bound. */
    Duration pause();
}
