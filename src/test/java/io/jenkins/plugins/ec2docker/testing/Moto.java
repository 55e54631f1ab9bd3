package io.jenkins.plugins.ec2docker.testing;

import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.cleanup.Ec2AndIamResources;
import io.jenkins.plugins.ec2docker.aws.cleanup.TaggedResource;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * AWS for tests: a moto server process of this JVM's own, on a free port of 127.0.0.1. Most tests use {@link MotoExtension}.
 *
 * <p>The server ends when this JVM does, by whatever death: {@code src/test/moto/serve.py} waits for the end of its standard input. Only the
 * first one imports moto, which takes seconds; the others are copies of it.
 */
public final class Moto implements AutoCloseable {

    public static final Region REGION = Region.EU_CENTRAL_1;
    /** The account that every request is made in. */
    public static final String ACCOUNT = "123456789012";

    private static final Path STARTER = Path.of("src", "test", "moto", "serve.py").toAbsolutePath();
    private static final Path LOG = Path.of("target", "moto.log").toAbsolutePath();
    private static final Duration STARTUP_LIMIT = Duration.ofSeconds(60);
    private static final String KEY = "test";
    /** Is never changed, only copied. */
    private static Moto empty;
    private static Moto shared;

    private final ProcessHandle process;
    private final URI endpoint;

    private Moto(ProcessHandle process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /** The JVM's one server, started at the first call. */
    public static synchronized Moto shared() {
        if (shared == null || !shared.process.isAlive()) {
            shared = start();
        }
        return shared;
    }

    /** An empty server apart from the shared one, for the caller to close. */
    public static Moto start() {
        synchronized (Moto.class) {
            if (empty == null || !empty.process.isAlive()) {
                empty = start(Map.of());
                // What the first call of a service makes, the copies have already.
                try (Ec2Client ec2 = empty.ec2(); IamClient iam = empty.iam()) {
                    ec2.describeVpcs();
                    iam.listRoles();
                }
            }
            return empty.copy();
        }
    }

    /** The same with settings of moto's own, environment variables such as {@code INITIAL_NO_AUTH_ACTION_COUNT}; takes seconds. */
    public static Moto start(Map<String, String> settings) {
        try {
            Files.createDirectories(LOG.getParent());
            ProcessBuilder command = new ProcessBuilder(MotoPython.find(System.getenv()).toString(), STARTER.toString())
                    .redirectError(ProcessBuilder.Redirect.appendTo(LOG.toFile()));
            command.environment().putAll(settings);
            Process process = command.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new Moto(process.toHandle(), at(announcedPort(process)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Another server, which has all that this one has by now and goes its own way from there, for the caller to close. Nothing may be asked of
     * this one meanwhile.
     */
    public synchronized Moto copy() {
        String[] portAndProcess = post("/ec2-docker-fixture/copy", "").split(" ");
        ProcessHandle copy = ProcessHandle.of(Long.parseLong(portAndProcess[1])).orElseThrow();
        return new Moto(copy, at(Integer.parseInt(portAndProcess[0])));
    }

    private static URI at(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static int announcedPort(Process process) throws IOException {
        CompletableFuture<String> line = CompletableFuture.supplyAsync(() -> {
            try {
                return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII)).readLine();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try {
            String port = line.get(STARTUP_LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (port != null) {
                return Integer.parseInt(port);
            }
            throw new IOException("moto ended before it listened; " + LOG + " says why");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new IOException("interrupted while moto was starting", e);
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IOException("moto did not listen within " + STARTUP_LIMIT + "; see " + LOG, e);
        }
    }

    public URI endpoint() {
        return endpoint;
    }

    /** What a process needs in its environment to find this AWS; Terraform, the AWS provider and the SDKs all honour it. */
    public Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL", endpoint.toString(),
                "AWS_ACCESS_KEY_ID", KEY,
                "AWS_SECRET_ACCESS_KEY", KEY,
                "AWS_REGION", REGION.id(),
                "AWS_DEFAULT_REGION", REGION.id(),
                "AWS_EC2_METADATA_DISABLED", "true",
                // No test asks a registry of the world.
                "EC2_DOCKER_PIN_IMAGES", "false");
    }

    /** Forgets all resources of all accounts and regions, and what the fixture was told. */
    public void reset() {
        post("/moto-api/reset", "");
    }

    /**
     * From now on each new instance is booted by whoever listens there and answers with its console; see {@code src/test/moto/instances.py},
     * as for the methods below. Without it every boot goes well at once.
     */
    public void bootedBy(URI booter) {
        post("/ec2-docker-fixture/booter", booter.toString());
    }

    /** What an instance's console shows from now on. */
    public void console(String instanceId, String text) {
        post("/ec2-docker-fixture/console/" + instanceId, text);
    }

    /** What EC2's check of an instance says from now on, such as {@code impaired}. */
    public void checks(String instanceId, String status) {
        post("/ec2-docker-fixture/checks/" + instanceId, status);
    }

    /** AWS terminates an instance for a reason of its own, {@code CODE: MESSAGE}. */
    public void take(String instanceId, String reason) {
        post("/ec2-docker-fixture/taken/" + instanceId, reason);
    }

    /**
     * What Systems Manager says of an instance's agent from now on, such as {@code ConnectionLost}; {@code NotManaged} for none. See
     * {@code src/test/moto/commands.py}.
     */
    public void ping(String instanceId, String status) {
        post("/ec2-docker-fixture/ping/" + instanceId, status);
    }

    /** From now on SES takes mail from this address. */
    public void verifySender(String address) {
        send(signed("ses", "/v2/email/identities", "application/json", "{\"EmailIdentity\":\"" + address + "\"}"));
    }

    /** All mails that SES has taken, as moto tells of them in JSON. */
    public String mails() {
        return send(HttpRequest.newBuilder(endpoint.resolve("/moto-api/data.json")).GET().build());
    }

    /** moto reads from a signature which service is meant, and never checks it. */
    private HttpRequest signed(String service, String path, String contentType, String body) {
        return HttpRequest.newBuilder(endpoint.resolve(path))
                .header("Authorization", "AWS4-HMAC-SHA256 Credential=" + KEY + "/20260101/" + REGION.id() + "/" + service
                        + "/aws4_request, SignedHeaders=host, Signature=none")
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    /**
     * Makes a call of a service's query API. The same calls with the same seeds give things the same ids on every server that has done nothing
     * else before.
     *
     * @param seed of all that is made up for the answer
     * @param form the body
     */
    public void call(int seed, String service, String form) {
        post("/moto-api/seed?a=" + seed, "");
        send(signed(service, "/", "application/x-www-form-urlencoded", form));
    }

    /** From now on calls of this action, such as {@code RunInstances}, are not carried out before {@link #release}. */
    public void hold(String action) {
        post("/ec2-docker-fixture/hold/" + action, "");
    }

    /** Returns once such a call is there. */
    public void awaitHeld(String action) {
        post("/ec2-docker-fixture/held/" + action, "");
    }

    /** Carries the held calls out, whether or not anybody still waits for the answer, and returns after it. */
    public void release(String action) {
        post("/ec2-docker-fixture/release/" + action, "");
    }

    private String post(String path, String body) {
        return send(HttpRequest.newBuilder(endpoint.resolve(path))
                .timeout(Duration.ofSeconds(120))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static String send(HttpRequest request) {
        try {
            HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException("moto would not take " + request + ": " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while moto was told " + request, e);
        }
    }

    /** All that carries the product's tags in a region, and in IAM; disks go with their instances and are left out. */
    public List<TaggedResource> owned(String region) throws AwsException {
        return new Ec2AndIamResources(AwsSettings.of(region, environment())).find(SessionCredentials.ofUser("AKIATESTTESTTEST4711", KEY))
                .stream()
                .filter(resource -> resource.partOf() == null)
                .toList();
    }

    public Ec2Client ec2() {
        return client(Ec2Client.builder());
    }

    public IamClient iam() {
        return client(IamClient.builder());
    }

    public StsClient sts() {
        return client(StsClient.builder());
    }

    /** A client of any service, for looking at things as AWS sees them. */
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
        return builder.endpointOverride(endpoint)
                .region(REGION)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, KEY)))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
