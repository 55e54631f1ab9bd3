package io.jenkins.plugins.ec2docker.request.values;

import java.util.Optional;

/**
 * A block of IP addresses, IPv4 or IPv6, whose host bits are zero.
 *
 * @param network its first address, 4 or 16 bytes
 * @param prefix how many leading bits all addresses share
 */
public record Cidr(IpAddress network, int prefix) {
    public Cidr {
        if (prefix < 0 || prefix > network.bits()) {
            throw new IllegalArgumentException("prefix out of range: " + prefix);
        }
        if (!network.masked(prefix).equals(network)) {
            throw new IllegalArgumentException("host bits are not zero: " + network + "/" + prefix);
        }
    }

    /** Reads {@code 10.0.0.0/8} or {@code 2001:db8::/32}; nothing where the text is no block or has host bits. */
    public static Optional<Cidr> parse(String text) {
        return parseLenient(text).filter(block -> block.address.equals(block.cidr.network)).map(Lenient::cidr);
    }

    /** Whether every address of the other block is in this one; never across IP versions. */
    public boolean contains(Cidr other) {
        return network.bits() == other.network.bits() && prefix <= other.prefix && other.network.masked(prefix).equals(network);
    }

    /** In the form that AWS gives back, which Terraform compares with: RFC 5952 for IPv6. */
    @Override
    public String toString() {
        return network + "/" + prefix;
    }

    /** What was written, and the block that it lies in. */
    public record Lenient(IpAddress address, Cidr cidr) {}

    /** Reads a block that may have host bits, to tell which one was meant. */
    public static Optional<Lenient> parseLenient(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("0|[1-9][0-9]{0,2}")) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(text.substring(slash + 1));
        return IpAddress.parse(text.substring(0, slash))
                .filter(address -> prefix <= address.bits())
                .map(address -> new Lenient(address, new Cidr(address.masked(prefix), prefix)));
    }
}
