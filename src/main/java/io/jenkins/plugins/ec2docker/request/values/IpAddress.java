package io.jenkins.plugins.ec2docker.request.values;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An IPv4 or IPv6 address, read strictly and without ever asking a name service (which {@link java.net.InetAddress} does for what it takes
 * for a name).
 */
public final class IpAddress {
    private final byte[] bytes;

    private IpAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Four decimal numbers without leading zeros, or an IPv6 address of RFC 4291, section 2.2, forms 1 and 2 (hexadecimal groups only). */
    public static Optional<IpAddress> parse(String text) {
        return Optional.ofNullable(text.indexOf(':') < 0 ? parse4(text) : parse6(text)).map(IpAddress::new);
    }

    /** 32 or 128. */
    public int bits() {
        return bytes.length * 8;
    }

    /** The address with all bits after the first {@code prefix} ones zero. */
    IpAddress masked(int prefix) {
        byte[] masked = bytes.clone();
        for (int bit = prefix; bit < bits(); bit++) {
            masked[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
        }
        return new IpAddress(masked);
    }

    @CheckForNull
    private static byte[] parse4(String text) {
        // A leading zero means octal to some readers: refused rather than guessed.
        if (!text.matches("(?:(?:0|[1-9][0-9]{0,2})(?:\\.|$)){4}") || text.endsWith(".")) {
            return null;
        }
        byte[] bytes = new byte[4];
        String[] parts = text.split("\\.");
        for (int i = 0; i < 4; i++) {
            int part = Integer.parseInt(parts[i]);
            if (part > 255) {
                return null;
            }
            bytes[i] = (byte) part;
        }
        return bytes;
    }

    @CheckForNull
    private static byte[] parse6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            List<Integer> groups = groups(text);
            return groups != null && groups.size() == 8 ? bytes(groups, List.of()) : null;
        }
        List<Integer> head = gap == 0 ? List.of() : groups(text.substring(0, gap));
        List<Integer> tail = gap + 2 == text.length() ? List.of() : groups(text.substring(gap + 2));
        return head != null && tail != null && head.size() + tail.size() <= 7 ? bytes(head, tail) : null;
    }

    @CheckForNull
    private static List<Integer> groups(String text) {
        List<Integer> groups = new ArrayList<>();
        for (String group : text.split(":", -1)) {
            if (!group.matches("[0-9a-fA-F]{1,4}") || groups.size() == 8) {
                return null;
            }
            groups.add(Integer.parseInt(group, 16));
        }
        return groups;
    }

    private static byte[] bytes(List<Integer> head, List<Integer> tail) {
        byte[] bytes = new byte[16];
        for (int i = 0; i < head.size(); i++) {
            put(bytes, i, head.get(i));
        }
        for (int i = 0; i < tail.size(); i++) {
            put(bytes, 8 - tail.size() + i, tail.get(i));
        }
        return bytes;
    }

    private static void put(byte[] bytes, int group, int value) {
        bytes[2 * group] = (byte) (value >> 8);
        bytes[2 * group + 1] = (byte) value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress address && Arrays.equals(bytes, address.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Dotted decimal, or RFC 5952: lower case, no leading zeros, the first longest run of two or more zero groups as {@code ::}. */
    @Override
    public String toString() {
        if (bytes.length == 4) {
            return (bytes[0] & 255) + "." + (bytes[1] & 255) + "." + (bytes[2] & 255) + "." + (bytes[3] & 255);
        }
        int gap = -1;
        int gapLength = 1;
        for (int i = 0; i < 8; i++) {
            int length = 0;
            while (i + length < 8 && group(i + length) == 0) {
                length++;
            }
            if (length > gapLength) {
                gap = i;
                gapLength = length;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == gap) {
                text.append(i == 0 ? "::" : ":");
                i += gapLength - 1;
            } else {
                text.append(Integer.toHexString(group(i))).append(i < 7 ? ":" : "");
            }
        }
        return text.toString();
    }

    private int group(int index) {
        return (bytes[2 * index] & 255) << 8 | bytes[2 * index + 1] & 255;
    }
}
