package io.jenkins.plugins.ec2docker.bootstrap;

import io.jenkins.plugins.ec2docker.request.model.EcrRepository;
import io.jenkins.plugins.ec2docker.request.model.HealthEndpoint;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the instance runs at first boot, rendered. Equal inputs give equal bytes. The arrays are the value's own and not to be changed.
 *
 * @param composeYaml {@code /opt/app/docker-compose.yml} on the instance
 * @param bootScript what {@code userData} unpacks to
 * @param usersCsv {@code /opt/app/users.csv} on the instance, byte for byte as uploaded; empty where there is none
 * @param userData the exact bytes that EC2 gets, at most 16,384
 * @param contentDigest SHA-256 in hex over all of it but the run's id and the work of the compressor: while it stays equal there is nothing
 *     to boot anew, and the earlier run's user data still serves
 */
public record Bootstrap(String composeYaml, String bootScript, byte[] usersCsv, byte[] userData, String contentDigest) {
    private static final Duration HEALTH_WAIT = Duration.ofMinutes(5);

    private static final byte[] NOTHING = {};

    /**
     * Renders and checks the limits.
     *
     * @throws BootstrapTooLargeException where a limit of EC2 or Linux is passed
     */
    public static Bootstrap render(BootstrapInput input) throws BootstrapTooLargeException {
        byte[] users = Objects.requireNonNullElse(input.usersCsv(), NOTHING);
        PayloadLimits.checkProcessStrings(input.request().containers(), users);
        String compose = ComposeFile.of(input.request().containers(), users.length > 0, input.hasDatabase());
        Map<String, String> settings = settings(input);
        String packedCompose = BootScript.payload(compose.getBytes(StandardCharsets.UTF_8));
        String packedUsers = users.length > 0 ? BootScript.payload(users) : "";

        Map<String, String> assignments = new LinkedHashMap<>(settings);
        assignments.put("RUN_ID", input.runId());
        assignments.put("COMPOSE", packedCompose);
        assignments.put("USERS", packedUsers);
        String script = input.group() == null ? BootScript.with(assignments) : BootScript.launching(assignments);
        byte[] userData = UserData.of(script, BootScript.payloadStart(script));
        PayloadLimits.checkUserData(userData.length, packedCompose.length(), packedUsers.length(), users.length);
        String shipped = input.group() == null ? BootScript.shipped() : BootScript.shippedForGroup();
        return new Bootstrap(compose, script, users, userData, BootstrapDigest.of(shipped, settings, compose, users));
    }

    /** How long the boot waits for the containers, once they have been started, to be well. */
    public static Duration healthWait(ProvisionRequest request) {
        return Optional.ofNullable(request.health()).map(HealthEndpoint::timeout).orElse(HEALTH_WAIT);
    }

    private static Map<String, String> settings(BootstrapInput input) {
        Map<String, String> settings = waiting(input.request());
        settings.put("ELASTIC_IP", input.request().network().elasticIp() ? "yes" : "no");
        if (input.group() != null) {
            settings.put("GROUP", input.group());
            settings.put("REGISTRIES", EcrRepository.of(input.request().containers()).stream()
                    .map(EcrRepository::registry).distinct().collect(Collectors.joining("/")));
            settings.put("DATABASE", input.hasDatabase() ? "yes" : "");
        }
        return settings;
    }

    /** By what is waited for the containers. */
    static Map<String, String> waiting(ProvisionRequest request) {
        HealthEndpoint health = request.health();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("CONTAINERS", Integer.toString(request.containers().size()));
        settings.put("HEALTH_SECONDS", Long.toString(healthWait(request).toSeconds()));
        settings.put("HEALTH_URL", health == null ? "" : BootScript.payload(healthUrl(health).getBytes(StandardCharsets.UTF_8)));
        return settings;
    }

    private static String healthUrl(HealthEndpoint health) {
        return "http://127.0.0.1:" + health.port() + health.path();
    }

    /** Writes {@code docker-compose.yml}, {@code boot.sh}, {@code user-data} and, where there is one, {@code users.csv}; for the owner. */
    public void writeTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        write(directory.resolve("docker-compose.yml"), composeYaml.getBytes(StandardCharsets.UTF_8));
        write(directory.resolve("boot.sh"), bootScript.getBytes(StandardCharsets.UTF_8));
        if (usersCsv.length > 0) {
            write(directory.resolve("users.csv"), usersCsv);
        } else {
            Files.deleteIfExists(directory.resolve("users.csv"));
        }
        write(directory.resolve("user-data"), userData);
    }

    /** Created anew, so that nobody reads it through permissions or a link that were there before. */
    private static void write(Path file, byte[] bytes) throws IOException {
        Files.deleteIfExists(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
            out.write(bytes);
        }
    }
}
