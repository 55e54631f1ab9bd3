package io.jenkins.plugins.ec2docker.platform;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
public record ProxySettings(@CheckForNull URI http, @CheckForNull URI https, List<String> exceptions) {
    private static final int HIGHEST_PORT = 65535;

    /** No proxy at all. */
    public static final ProxySettings NONE = new ProxySettings(null, null, List.of());

    public ProxySettings {
        exceptions = List.copyOf(exceptions);
    }

    /** @throws InvalidVariableException where a variable is no URL */
    public static ProxySettings of(Map<String, String> environment) {
        String exceptions = first(environment, "NO_PROXY", "no_proxy");
        return new ProxySettings(
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

    /** What must not be shown of the proxies' addresses; empty where they hold no password. */
    public List<String> passwords() {
        return Stream.of(Optional.ofNullable(http), Optional.ofNullable(https))
                .flatMap(Optional::stream)
                .flatMap(proxy -> Stream.of(proxy.getUserInfo(), proxy.getRawUserInfo()))
                .filter(user -> user != null && user.indexOf(':') >= 0 && user.indexOf(':') < user.length() - 1)
                .map(user -> user.substring(user.indexOf(':') + 1))
                .distinct()
                .toList();
    }

    /** Host and port of a proxy for messages, without the user and password that its URL may hold. */
    public static String named(URI proxy) {
        return proxy.getHost() + ":" + port(proxy);
    }

    /** Addresses of proxies may hold passwords. */
    @Override
    public String toString() {
        return "ProxySettings[http=" + (http == null ? null : named(http)) + ", https="
                + (https == null ? null : named(https)) + ", exceptions=" + exceptions + "]";
    }

    private boolean direct(URI target) {
        NoProxyRule host = NoProxyRule.of(target);
        return host.loopback() || exceptions.stream().anyMatch(host::matches);
    }

    @CheckForNull
    private static URI address(String variable, String value) {
        if (value.isEmpty()) {
            return null;
        }
        try {
            URI proxy = URI.create(value.contains("://") ? value : "http://" + value);
            if (proxy.getHost() != null && proxy.getPort() <= HIGHEST_PORT) {
                return proxy;
            }
        } catch (IllegalArgumentException e) {
            // Its message would show the password.
        }
        throw new InvalidVariableException("Variable " + variable
                + " does not hold the address of a proxy; it looks like http://proxy.example.com:3128.");
    }

    public static int port(URI proxy) {
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
