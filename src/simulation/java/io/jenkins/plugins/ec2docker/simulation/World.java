package io.jenkins.plugins.ec2docker.simulation;

/** A group or service in the midst of an update. */
public interface World {

    /** One second later. */
    void tick();

    /** Targets that the load balancer sends requests to and that answer them. */
    int serving();

    /** Of how many targets AWS is told that they must go on serving. */
    int required();

    /** Whether nothing more will change. */
    boolean settled();
}
