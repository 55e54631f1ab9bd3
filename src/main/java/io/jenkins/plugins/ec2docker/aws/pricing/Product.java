package io.jenkins.plugins.ec2docker.aws.pricing;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something on AWS's price list, in whatever Region is asked about.
 *
 * @param service its code on the list, such as {@code AmazonEC2}
 * @param attributes that it has there, all of them
 * @param usage its usage type without the Region's prefix, such as {@code NatGateway-Hours}; null where the attributes tell it alone
 * @param unit what its price is for: {@link #HOUR} or {@link #GIB_MONTH}
 */
public record Product(String service, Map<String, String> attributes, @CheckForNull String usage, String unit) {

    static final String HOUR = "Hrs";
    static final String GIB_MONTH = "GB-Mo";

    /** A public IPv4 address: the same price in every Region, and on no list that could be asked by Region (Amazon VPC pricing). */
    public static final Product ADDRESS = new Product("AmazonVPC", Map.of(), "PublicIPv4:InUseAddress", HOUR);

    /** An hour of a vCPU, and of a GiB of memory, of a Linux task on x86. */
    public static final Product FARGATE_CPU = new Product("AmazonECS", Map.of(), "Fargate-vCPU-Hours:perCPU", HOUR);
    public static final Product FARGATE_MEMORY = new Product("AmazonECS", Map.of(), "Fargate-GB-Hours", HOUR);

    public static final Product NAT_GATEWAY =
            new Product("AmazonEC2", Map.of("productFamily", "NAT Gateway"), "NatGateway-Hours", HOUR);
    public static final Product LOAD_BALANCER =
            new Product("AWSELB", Map.of("productFamily", "Load Balancer-Application"), "LoadBalancerUsage", HOUR);
    /** In one zone. */
    public static final Product INTERFACE_ENDPOINT =
            new Product("AmazonVPC", Map.of("productFamily", "VpcEndpoint"), "VpcEndpoint-Hours", HOUR);

    public Product {
        // In one order, so that equal ones are asked for alike.
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    /** An instance with Linux on hardware that is shared. @param type such as {@code t3.small} */
    public static Product instance(String type) {
        return new Product("AmazonEC2", Map.of(
                "instanceType", type, "operatingSystem", "Linux", "tenancy", "Shared", "preInstalledSw", "NA", "capacitystatus", "Used"),
                null, HOUR);
    }

    /** A GiB of a volume. @param type such as {@code gp3} */
    public static Product volume(String type) {
        return new Product("AmazonEC2", Map.of("productFamily", "Storage", "volumeApiName", type), null, GIB_MONTH);
    }

    /** A PostgreSQL of RDS. @param instanceClass such as {@code db.t3.micro} */
    public static Product database(String instanceClass, boolean multiAz) {
        return new Product("AmazonRDS", Map.of("productFamily", "Database Instance", "databaseEngine", "PostgreSQL",
                "instanceType", instanceClass, "deploymentOption", option(multiAz)), null, HOUR);
    }

    /** A GiB of gp3 of such a database. */
    public static Product databaseStorage(boolean multiAz) {
        return new Product("AmazonRDS", Map.of("productFamily", "Database Storage", "databaseEngine", "Any",
                "volumeType", "General Purpose-GP3", "deploymentOption", option(multiAz)),
                multiAz ? "RDS:Multi-AZ-GP3-Storage" : "RDS:GP3-Storage", GIB_MONTH);
    }

    private static String option(boolean multiAz) {
        return multiAz ? "Multi-AZ" : "Single-AZ";
    }
}
