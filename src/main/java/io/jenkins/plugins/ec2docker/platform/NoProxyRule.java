package io.jenkins.plugins.ec2docker.platform;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** The host of a call as an entry of {@code NO_PROXY} sees it. No name is ever looked up, which might hang. */
public final class NoProxyRule {
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*");

    private final String name;
    @CheckForNull
    private final byte[] address;
    private final int port;

    private NoProxyRule(String name, int port) {
        this.name = name;
        this.address = address(name);
        this.port = port;
    }

    public static NoProxyRule of(URI target) {
        int port = target.getPort() > 0 ? target.getPort() : "https".equalsIgnoreCase(target.getScheme()) ? 443 : 80;
        return new NoProxyRule(bare(target.getHost().toLowerCase(Locale.ROOT)), port);
    }

    public boolean loopback() {
        try {
            return name.equals("localhost") || address != null && InetAddress.getByAddress(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** @param entry in lower case */
    boolean matches(String entry) {
        if (entry.equals("*")) {
            return true;
        }
        if (entry.contains("/")) {
            return within(entry);
        }
        String host = entry;
        int colon = entry.lastIndexOf(':');
        if (colon > 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']')) {
            if (!entry.substring(colon + 1).equals(String.valueOf(port))) {
                return false;
            }
            host = entry.substring(0, colon);
        }
        host = bare(host).replaceFirst("^\\*\\.", ".");
        byte[] excepted = address(host);
        if (excepted != null || address != null) {
            return Arrays.equals(excepted, address);
        }
        return host.startsWith(".") ? name.endsWith(host) : name.equals(host) || name.endsWith("." + host);
    }

    private boolean within(String cidr) {
        int slash = cidr.indexOf('/');
        byte[] network = address(cidr.substring(0, slash));
        if (network == null || address == null || network.length != address.length || !cidr.substring(slash + 1).matches("[0-9]{1,3}")) {
            return false;
        }
        int bits = Math.min(Integer.parseInt(cidr.substring(slash + 1)), network.length * 8);
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((network[bit / 8] & mask) != (address[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static String bare(String host) {
        return host.replaceAll("^\\[|]$", "");
    }

    @CheckForNull
    private static byte[] address(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
