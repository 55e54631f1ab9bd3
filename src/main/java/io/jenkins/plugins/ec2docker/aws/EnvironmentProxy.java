package io.jenkins.plugins.ec2docker.aws;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The proxy that {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} (or their lower case) ask for, read as Terraform
 * reads them (documentation of Go's {@code golang.org/x/net/http/httpproxy}), so that one setting serves both: loopback is
 * never proxied; {@code NO_PROXY} holds addresses, CIDRs, {@code domain} with its subdomains, {@code .domain} for these alone,
 * each with an optional port, or {@code *}.
 *
 * @param http       for plain HTTP; null for none
 * @param https      for HTTPS; null for none
 * @param exceptions the entries of {@code NO_PROXY}, lower case
 */
public record EnvironmentProxy(URI http, URI https, List<String> exceptions) {
    /** No proxy at all. */
    public static final EnvironmentProxy NONE = new EnvironmentProxy(null, null, List.of());

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*");

    public EnvironmentProxy {
        exceptions = List.copyOf(exceptions);
    }

    /** {@link IllegalArgumentException} with a sentence where a variable is no URL. */
    public static EnvironmentProxy of(Map<String, String> environment) {
        String exceptions = first(environment, "NO_PROXY", "no_proxy");
        return new EnvironmentProxy(
                address("HTTP_PROXY", first(environment, "HTTP_PROXY", "http_proxy")),
                address("HTTPS_PROXY", first(environment, "HTTPS_PROXY", "https_proxy")),
                Stream.of(exceptions.toLowerCase(Locale.ROOT).split(","))
                        .map(String::strip)
                        .filter(entry -> !entry.isEmpty())
                        .toList());
    }

    /** The proxy for a call to this address, if there is one. */
    public Optional<URI> forTarget(URI target) {
        URI proxy = "https".equalsIgnoreCase(target.getScheme()) ? https : http;
        return proxy == null || target.getHost() == null || direct(target) ? Optional.empty() : Optional.of(proxy);
    }

    /** The same for {@code java.net.http}. */
    public ProxySelector selector() {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI target) {
                return List.of(forTarget(target)
                        .map(proxy -> new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.getHost(), port(proxy))))
                        .orElse(Proxy.NO_PROXY));
            }

            @Override
            public void connectFailed(URI target, SocketAddress proxy, IOException why) {
                // The failed call itself says so.
            }
        };
    }

    /** Host and port of a proxy for messages, without the user and password that its URL may hold. */
    static String named(URI proxy) {
        return proxy.getHost() + ":" + port(proxy);
    }

    /** Addresses of proxies may hold passwords. */
    @Override
    public String toString() {
        return "EnvironmentProxy[http=" + (http == null ? null : named(http)) + ", https="
                + (https == null ? null : named(https)) + ", exceptions=" + exceptions + "]";
    }

    private boolean direct(URI target) {
        String host = target.getHost().toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
        byte[] address = address(host);
        if (host.equals("localhost") || address != null && loopback(address)) {
            return true;
        }
        int port = target.getPort() > 0 ? target.getPort() : "https".equalsIgnoreCase(target.getScheme()) ? 443 : 80;
        return exceptions.stream().anyMatch(entry -> excepts(entry, host, address, port));
    }

    private static boolean excepts(String entry, String host, byte[] address, int port) {
        if (entry.equals("*")) {
            return true;
        }
        if (entry.contains("/")) {
            return address != null && within(entry, address);
        }
        String name = entry;
        int colon = entry.lastIndexOf(':');
        if (colon >= 0 && (entry.indexOf(':') == colon || entry.startsWith("[") && entry.charAt(colon - 1) == ']')) {
            if (!entry.substring(colon + 1).equals(String.valueOf(port))) {
                return false;
            }
            name = entry.substring(0, colon);
        }
        name = name.replaceAll("^\\[|]$", "").replaceFirst("^\\*\\.", ".");
        byte[] excepted = address(name);
        if (excepted != null || address != null) {
            return Arrays.equals(excepted, address);
        }
        return name.startsWith(".") ? host.endsWith(name) : host.equals(name) || host.endsWith("." + name);
    }

    private static boolean within(String cidr, byte[] address) {
        int slash = cidr.indexOf('/');
        byte[] network = address(cidr.substring(0, slash));
        if (network == null || network.length != address.length || !cidr.substring(slash + 1).matches("[0-9]{1,3}")) {
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

    /** Only what is an address as written: a name would be looked up, which may hang. */
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

    private static boolean loopback(byte[] address) {
        try {
            return InetAddress.getByAddress(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static URI address(String variable, String value) {
        if (value.isEmpty()) {
            return null;
        }
        try {
            URI proxy = URI.create(value.contains("://") ? value : "http://" + value);
            if (proxy.getHost() != null) {
                return proxy;
            }
        } catch (IllegalArgumentException e) {
            // Its message would show the password.
        }
        throw new IllegalArgumentException("Variable " + variable
                + " does not hold the address of a proxy; it looks like http://proxy.example.com:3128.");
    }

    private static int port(URI proxy) {
        return proxy.getPort() > 0 ? proxy.getPort() : "https".equalsIgnoreCase(proxy.getScheme()) ? 443 : 80;
    }

    private static String first(Map<String, String> environment, String... names) {
        return Stream.of(names)
                .map(environment::get)
                .filter(value -> value != null && !value.isBlank())
                .map(String::strip)
                .findFirst()
                .orElse("");
    }
}
