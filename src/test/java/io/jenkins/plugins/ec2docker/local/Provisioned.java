package io.jenkins.plugins.ec2docker.local;

import io.jenkins.plugins.ec2docker.aws.session.EnvironmentCredentials;
import io.jenkins.plugins.ec2docker.platform.Encryption;
import io.jenkins.plugins.ec2docker.policy.Guardrails;
import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.run.RunObserver;
import io.jenkins.plugins.ec2docker.run.config.RunSettings;
import io.jenkins.plugins.ec2docker.run.config.StateBackendSetting;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A deployment that was provisioned once in this JVM, with real Terraform and the real AWS provider, for any number of tests to go on from:
 * each has a copy of AWS and of the store.
 */
public final class Provisioned {

    private static final Map<List<Object>, Provisioned> MADE = new HashMap<>();

    private final Moto aws = Moto.start();
    private final Path store;
    private final RunReport report;

    private Provisioned(String request, StateBackendSetting state, Consumer<Moto> preparation) throws Exception {
        store = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "provisioned").toAbsolutePath();
        preparation.accept(aws);
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(aws.environment());
        RunSettings settings = new RunSettings(null, System.getenv("EC2_DOCKER_PROVIDER_MIRROR"), environment, Guardrails.UNRESTRICTED, 5,
                Duration.ofMinutes(1), "alice", state);
        LocalEngine engine = new LocalEngine(new DeploymentStore(store, Encryption.NONE), settings,
                new EnvironmentCredentials(environment)::find, RunObserver.NONE, Clock.systemUTC());
        report = engine.provision(
                RequestParser.parse(DocumentReader.read(request, DocumentReader.Format.YAML)).orElseThrow(), null);
        if (!report.result().succeeded()) {
            throw new AssertionError(report.result().message());
        }
    }

    /** @param request in YAML */
    public static Provisioned by(String request) throws Exception {
        return by(request, StateBackendSetting.STORE, aws -> {});
    }

    /** @param preparation makes in AWS what the backend of the state needs */
    static synchronized Provisioned by(String request, StateBackendSetting state, Consumer<Moto> preparation) throws Exception {
        List<Object> key = List.of(request, state);
        if (!MADE.containsKey(key)) {
            MADE.put(key, new Provisioned(request, state, preparation));
        }
        return MADE.get(key);
    }

    /** How the provision ended. */
    public RunReport report() {
        return report;
    }

    /**
     * @param directory of the store's copy; need not exist
     * @return AWS as the provision left it, for the caller to close
     */
    public Moto copyTo(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(store)) {
            for (Path file : files.toList()) {
                Path copy = directory.resolve(store.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        return aws.copy();
    }
}
