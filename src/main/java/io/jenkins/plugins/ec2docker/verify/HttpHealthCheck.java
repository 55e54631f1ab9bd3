package io.jenkins.plugins.ec2docker.verify;

import io.jenkins.plugins.ec2docker.platform.ProxySettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLException;

/**
 * An HTTP GET. 2xx and 3xx are healthy; a redirect is not followed, since it may lead out of the deployment. The body is not
 * read: a page that never ends must not hold a run.
 */
public final class HttpHealthCheck implements HealthCheck {
    private final HttpClient client;
    private final ProxySettings proxy;

    public HttpHealthCheck(ProxySettings proxy) {
        this.proxy = proxy;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(proxy.selector())
                .build();
    }

    @Override
    public Reading look(URI url, Duration limit) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(limit).header("User-Agent", "ec2-docker-health");
        // Java keeps it from whoever is behind the proxy. With an authenticator instead, a container's 401 would be an exception.
        proxy.forTarget(url).map(URI::getUserInfo).ifPresent(user -> request.header("Proxy-Authorization", "Basic "
                + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8))));
        try {
            HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            answer.body().close();
            int status = answer.statusCode();
            return new Reading(status >= 200 && status < 400, url + " answers HTTP " + status + ".");
        } catch (HttpTimeoutException e) {
            return new Reading(false, url + " gave no answer within " + limit.toSeconds()
                    + " s; the port may be closed to this machine (network.ingressCidrs, route, proxy) or the container still starting.");
        } catch (ConnectException e) {
            return new Reading(false, url + " refuses the connection; nothing listens on the port yet.");
        } catch (SSLException e) {
            return new Reading(false, url + " speaks no TLS that this machine accepts (" + e.getMessage() + ").");
        } catch (IOException e) {
            return new Reading(false, url + " broke the connection off before an answer was complete ("
                    + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()) + ").");
        }
    }
}
