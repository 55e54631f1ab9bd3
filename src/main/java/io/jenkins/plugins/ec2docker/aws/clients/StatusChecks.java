package io.jenkins.plugins.ec2docker.aws.clients;

/**
 * EC2's own checks of an instance at one moment, made every minute; in AWS's words.
 *
 * @param state    as {@link InstanceDescription#state()}
 * @param instance whether its operating system can be reached: {@code ok}, {@code impaired}, {@code initializing},
 *                 {@code insufficient-data}, or {@code not-applicable} where it does not run
 * @param system   likewise whether AWS's hardware and network below it work
 */
public record StatusChecks(String state, String instance, String system) {

    /** Whether both have been made and passed. */
    public boolean passed() {
        return "ok".equals(instance) && "ok".equals(system);
    }

    /** {@code instance initializing, system ok} */
    public String text() {
        return "instance " + instance + ", system " + system;
    }
}
