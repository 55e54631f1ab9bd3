package io.jenkins.plugins.ec2docker.jenkins.controller;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ProxyConfiguration;
import hudson.util.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * The proxy of <em>Manage Jenkins → System</em> as the variables by which AWS's own tools and Terraform know a proxy. It is the controller's:
 * what runs on another machine has that machine's variables, or those of its node in Jenkins.
 */
public final class JenkinsProxy {

    private static final Set<String> NAMES = Set.of("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY");

    private JenkinsProxy() {}

    /** Of this Jenkins; empty where it has none, or where the environment names one already, which wins. */
    public static Map<String, String> variables(Map<String, String> environment) {
        boolean named = environment.keySet().stream().anyMatch(name -> NAMES.contains(name.toUpperCase(java.util.Locale.ROOT)));
        ProxyConfiguration proxy = Jenkins.get().getProxy();
        return named || proxy == null ? Map.of() : variables(proxy);
    }

    private static Map<String, String> variables(ProxyConfiguration proxy) {
        Map<String, String> variables = new TreeMap<>();
        String address = "http://" + user(proxy) + proxy.getName() + ":" + proxy.getPort();
        variables.put("HTTP_PROXY", address);
        variables.put("HTTPS_PROXY", address);
        String exceptions = exceptions(proxy.getNoProxyHost());
        if (!exceptions.isEmpty()) {
            variables.put("NO_PROXY", exceptions);
        }
        return variables;
    }

    private static String user(ProxyConfiguration proxy) {
        if (proxy.getUserName() == null || proxy.getUserName().isEmpty()) {
            return "";
        }
        return encoded(proxy.getUserName()) + ":" + encoded(Secret.toString(proxy.getSecretPassword())) + "@";
    }

    /** Percent-encoding, where {@code URLEncoder} has the plus sign of forms for a blank. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Jenkins separates by white space, commas and bars and begins a domain with {@code *.}; {@code NO_PROXY} has commas and a dot. */
    private static String exceptions(@CheckForNull String hosts) {
        return hosts == null
                ? ""
                : Stream.of(hosts.split("[\\s,|]+"))
                        .filter(host -> !host.isBlank())
                        .map(host -> host.startsWith("*.") ? host.substring(1) : host)
                        .collect(Collectors.joining(","));
    }
}
