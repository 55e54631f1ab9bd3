package io.jenkins.plugins.ec2docker.simulation;

/**
 * What instances or tasks run.
 *
 * @param boot how the boot script ends, or the container of a task
 * @param seconds from the start of the instance or task until then
 * @param answers whether the load balancer's health checks are answered from then on
 */
public record Version(Boot boot, int seconds, boolean answers) {

    /** The end of a boot. */
    public enum Boot {
        WELL,
        /** The boot script says so, and the group is told to abandon the instance; a task's container exits. */
        FAILED,
        /** Nobody says anything, ever. */
        SILENT
    }

    public static Version good(int seconds) {
        return new Version(Boot.WELL, seconds, true);
    }

    /** All is well on the inside, and the load balancer is never answered: a wrong path or port. */
    public static Version neverHealthy(int seconds) {
        return new Version(Boot.WELL, seconds, false);
    }

    public static Version failing(int seconds) {
        return new Version(Boot.FAILED, seconds, false);
    }

    public static Version silent() {
        return new Version(Boot.SILENT, 0, false);
    }

    /** When the n-th of a group is up: no two are equally quick. */
    int seconds(int nth) {
        return seconds + 7 * (nth % 5);
    }
}
