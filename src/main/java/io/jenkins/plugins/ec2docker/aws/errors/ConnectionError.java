package io.jenkins.plugins.ec2docker.aws.errors;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException.Reason;
import io.jenkins.plugins.ec2docker.platform.ProxySettings;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** AWS did not answer: whether it is the name, the way, the proxy, TLS or time, and what to check. */
final class ConnectionError {
    private final AwsCall attempt;
    private final SdkException failure;

    ConnectionError(AwsCall attempt, SdkException failure) {
        this.attempt = attempt;
        this.failure = failure;
    }

    AwsException refusal() {
        if (found(AbortedException.class) != null || found(InterruptedException.class) != null) {
            return attempt.refusal(Reason.INTERRUPTED, "Waiting for " + attempt.service() + " was interrupted.", failure);
        }
        String service = attempt.service();
        Throwable name = found(UnknownHostException.class);
        if (name != null) {
            return unreachable("the name \"" + name.getMessage() + "\" is not known. Check that the region \""
                    + attempt.settings().region() + "\" exists, that DNS works here, and whether a proxy is needed"
                    + " (HTTPS_PROXY).");
        }
        SSLException tls = found(SSLException.class);
        if (tls != null) {
            return unreachable("no TLS connection could be made (" + tls.getMessage()
                    + "). If a proxy here opens TLS, its certificate must be in the truststore of this Java.");
        }
        if (messages().contains("HTTP/1.1 407") || messages().contains("Proxy Authentication Required")) {
            return unreachable("the proxy wants a user and a password. Put them into HTTPS_PROXY"
                    + " (http://user:password@host:port) and start Java with -Djdk.http.auth.tunneling.disabledSchemes=\"\".");
        }
        if (messages().contains("through proxy")) {
            return unreachable("the proxy refuses to pass the call on. Let the proxy allow it, or name the endpoint in NO_PROXY.");
        }
        if (messages().contains("Invalid Http response") || messages().contains("Unexpected end of file from server")) {
            return unreachable("what answers there does not speak HTTP, or hangs up. Check the endpoint and the proxy.");
        }
        if (found(ApiCallTimeoutException.class) != null || found(SocketTimeoutException.class) != null) {
            return unreachable("no answer came in time. Check the route, the firewall, and whether a proxy is needed"
                    + " (HTTPS_PROXY).");
        }
        if (found(ConnectException.class) != null || found(NoRouteToHostException.class) != null) {
            return unreachable("the connection was refused. Check the endpoint, the firewall and the proxy.");
        }
        return attempt.refusal(Reason.UNREACHABLE, service + " could not be asked (" + attempt.action() + "): "
                + String.valueOf(last().getMessage()).replaceFirst(" \\(SDK Attempt Count: \\d+\\)$", "") + ".", failure);
    }

    private AwsException unreachable(String why) {
        URI endpoint = attempt.endpoint();
        // AWS's own endpoints are all HTTPS, and NO_PROXY rarely parts them.
        String way = attempt.settings()
                .proxy()
                .forTarget(endpoint == null ? URI.create("https://amazonaws.com") : endpoint)
                .map(proxy -> " through the proxy " + ProxySettings.named(proxy))
                .orElse("");
        return attempt.refusal(Reason.UNREACHABLE, attempt.service() + " cannot be reached" + way + ": " + why, failure);
    }

    @CheckForNull
    private <T extends Throwable> T found(Class<T> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return kind.cast(cause);
            }
        }
        return null;
    }

    private Throwable last() {
        Throwable last = failure;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return last;
    }

    private String messages() {
        StringBuilder messages = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            messages.append(cause.getMessage()).append('\n');
        }
        return messages.toString();
    }
}
