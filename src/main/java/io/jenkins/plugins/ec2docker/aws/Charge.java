package io.jenkins.plugins.ec2docker.aws;

/**
 * What AWS charges something by.
 *
 * @param type of instance or volume, such as {@code t3.small} or {@code gp3}
 * @param quantity one instance, or a volume's GiB
 */
public record Charge(String type, int quantity) {

    static Charge one(String type) {
        return new Charge(type, 1);
    }

    /** One of the same. */
    Charge unit() {
        return one(type);
    }
}
