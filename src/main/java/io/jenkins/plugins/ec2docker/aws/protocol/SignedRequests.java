package io.jenkins.plugins.ec2docker.aws.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.access.AwsClientFactory;
import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.ProxiedConnections;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.access.WebPages;
import io.jenkins.plugins.ec2docker.aws.errors.AwsCall;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.errors.ServiceError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** Calls of services whose SDK clients are not on board, for what takes a handful of plain requests; signed and refused as the SDK's are. */
public final class SignedRequests {
    private static final long FIRST_PAUSE_MILLIS = 200;

    private final AwsSettings settings;
    private final SessionCredentials credentials;
    private final String service;
    private final String prefix;

    /** @param service the name that signatures and IAM actions have for it */
    public SignedRequests(AwsSettings settings, SessionCredentials credentials, String service) {
        this(settings, credentials, service, service);
    }

    /**
     * @param service the name that signatures have for it
     * @param prefix the one that IAM actions have
     */
    SignedRequests(AwsSettings settings, SessionCredentials credentials, String service, String prefix) {
        this.settings = settings;
        this.credentials = credentials;
        this.service = service;
        this.prefix = prefix;
    }

    /** What came back, whatever its status. */
    public record Answer(int status, byte[] body) {
        public boolean ok() {
            return status / 100 == 2;
        }

        boolean mayPass() {
            return status >= 500 || status == 429 || status == 400 && ServiceError.isThrottled(new String(body, UTF_8));
        }
    }

    /**
     * @param action as IAM names it, without the service
     * @throws AwsException if there is no answer, or only one that says to come again, after all attempts
     */
    public Answer call(String action, SdkHttpMethod method, URI target, Map<String, String> headers, byte[] body) throws AwsException {
        for (int attempt = 1;; attempt++) {
            Answer answer = null;
            IOException failure = null;
            try {
                answer = send(method, target, headers, body);
                if (!answer.mayPass()) {
                    if (answer.ok()) {
                        WebPages.requireNone(answer.body());
                    }
                    return answer;
                }
            } catch (SdkClientException page) {
                throw attempt(action).refusal(page);
            } catch (IOException e) {
                failure = e;
            } catch (UncheckedIOException e) {
                failure = e.getCause();
            }
            if (attempt >= settings.patience().attempts()) {
                throw failure == null ? refusal(action, answer, null)
                        : attempt(action).refusal(SdkClientException.create(failure.getMessage(), failure));
            }
            pause(action, FIRST_PAUSE_MILLIS << attempt);
        }
    }

    /** @param code the error's own name where the answer's body does not give it as XML, or null */
    public AwsException refusal(String action, Answer answer, @CheckForNull String code) {
        return attempt(action).refusal(AwsServiceException.builder()
                .statusCode(answer.status())
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(code == null ? null : new String(answer.body(), UTF_8))
                        .rawResponse(SdkBytes.fromByteArray(answer.body()))
                        .build())
                .build());
    }

    private Answer send(SdkHttpMethod method, URI target, Map<String, String> headers, byte[] body) throws IOException {
        SdkHttpFullRequest.Builder request = SdkHttpFullRequest.builder().method(method).uri(target);
        headers.forEach(request::putHeader);
        ContentStreamProvider content = () -> new ByteArrayInputStream(body);
        SignedRequest signed = AwsV4HttpSigner.create().sign(r -> r.identity(AwsClientFactory.keys(credentials))
                .request(request.build())
                .payload(content)
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                .putProperty(AwsV4HttpSigner.REGION_NAME, settings.region())
                .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, !service.equals("s3"))
                .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, !service.equals("s3")));
        HttpExecuteRequest.Builder call = HttpExecuteRequest.builder().request(signed.request());
        if (body.length > 0) {
            call.contentStreamProvider(content);
        }
        try (SdkHttpClient client = UrlConnectionHttpClient.create(new ProxiedConnections(settings))) {
            HttpExecuteResponse response = client.prepareRequest(call.build()).call();
            try (AbortableInputStream in =
                    response.responseBody().orElseGet(() -> AbortableInputStream.create(new ByteArrayInputStream(new byte[0])))) {
                return new Answer(response.httpResponse().statusCode(), in.readAllBytes());
            }
        }
    }

    private void pause(String action, long millis) throws AwsException {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw attempt(action).refusal(AbortedException.create("interrupted", e));
        }
    }

    private AwsCall attempt(String action) {
        return new AwsCall(settings, credentials, prefix + ":" + action);
    }
}
