package io.jenkins.plugins.ec2docker.aws.access;

import io.jenkins.plugins.ec2docker.platform.ProxyAuthenticator;
import io.jenkins.plugins.ec2docker.platform.ProxySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import software.amazon.awssdk.http.urlconnection.UrlConnectionFactory;

/**
 * Opens the SDK's connections, each through the proxy that the environment asks for.
 *
 * <p>The SDK's own proxy support is not used because it sends the proxy's password through the tunnel, to AWS, instead of to the
 * proxy. Here Java's own authentication answers the proxy. For HTTPS Java does so with a plain password only if it was started with
 * {@code -Djdk.http.auth.tunneling.disabledSchemes=} (nothing after the equals sign). Without a proxy in the environment, Java's
 * system properties ({@code https.proxyHost}) apply.
 */
public final class ProxiedConnections implements UrlConnectionFactory {
    private final AwsSettings settings;

    public ProxiedConnections(AwsSettings settings) {
        this.settings = settings;
    }

    @Override
    public HttpURLConnection createConnection(URI target) {
        try {
            URI proxy = settings.proxy().forTarget(target).orElse(null);
            HttpURLConnection connection =
                    (HttpURLConnection) (proxy == null ? target.toURL().openConnection() : target.toURL().openConnection(address(proxy)));
            connection.setConnectTimeout(Math.toIntExact(settings.patience().connectTimeout().toMillis()));
            connection.setReadTimeout(Math.toIntExact(settings.patience().answerTimeout().toMillis()));
            connection.setAuthenticator(new ProxyAuthenticator(settings.proxy()));
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Proxy address(URI proxy) {
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.getHost(), ProxySettings.port(proxy)));
    }
}
