package io.jenkins.plugins.ec2docker.platform;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.util.Objects;
import java.util.stream.Stream;

/** Answers a proxy that asks for a password with the one in its own address, and nobody else with anything. */
public final class ProxyAuthenticator extends Authenticator {
    private final ProxySettings proxies;

    public ProxyAuthenticator(ProxySettings proxies) {
        this.proxies = proxies;
    }

    @Override
    @CheckForNull
    protected PasswordAuthentication getPasswordAuthentication() {
        if (getRequestorType() != RequestorType.PROXY) {
            return null;
        }
        return Stream.of(proxies.https(), proxies.http())
                .filter(Objects::nonNull)
                .filter(proxy -> proxy.getHost().equalsIgnoreCase(getRequestingHost())
                        && ProxySettings.port(proxy) == getRequestingPort()
                        && proxy.getUserInfo() != null)
                .map(URI::getUserInfo)
                .map(ProxyAuthenticator::parts)
                .findFirst()
                .orElse(null);
    }

    private static PasswordAuthentication parts(String userInfo) {
        int colon = userInfo.indexOf(':');
        return colon < 0
                ? new PasswordAuthentication(userInfo, new char[0])
                : new PasswordAuthentication(userInfo.substring(0, colon), userInfo.substring(colon + 1).toCharArray());
    }
}
