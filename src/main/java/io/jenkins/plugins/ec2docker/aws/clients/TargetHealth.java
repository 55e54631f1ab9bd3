package io.jenkins.plugins.ec2docker.aws.clients;

/**
 * How the load balancer finds one target.
 *
 * @param target id and port, as {@code i-0a1b2c3d:8080} or {@code 10.0.64.7:8080}
 * @param state {@code healthy}, {@code unhealthy}, {@code initial}, {@code draining}, {@code unused} or {@code unavailable}
 * @param reason why, in AWS's words; empty for a healthy one
 */
public record TargetHealth(String target, String state, String reason) {
    public boolean healthy() {
        return state.equals("healthy");
    }

    /** Whether it goes, or gets no requests. */
    public boolean leaving() {
        return state.equals("draining") || state.equals("unused");
    }
}
