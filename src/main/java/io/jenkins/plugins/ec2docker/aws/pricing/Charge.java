package io.jenkins.plugins.ec2docker.aws.pricing;

/**
 * What AWS charges something by.
 *
 * @param quantity how many of the product: one instance, or a volume's GiB
 */
public record Charge(Product product, int quantity) {

    public static Charge one(Product product) {
        return new Charge(product, 1);
    }
}
