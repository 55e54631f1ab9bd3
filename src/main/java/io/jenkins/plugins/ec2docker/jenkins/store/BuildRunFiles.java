package io.jenkins.plugins.ec2docker.jenkins.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ec2docker.blueprint.spec.Blueprint;
import io.jenkins.plugins.ec2docker.platform.AtomicFile;
import io.jenkins.plugins.ec2docker.platform.StoredJson;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a build keeps of one run, beside its {@code build.xml}, so that it moves and goes with the build:
 *
 * <pre>
 * ec2-docker/RUN/view.json     the run as it stands or ended ({@link RunSnapshot})
 * ec2-docker/RUN/report.json   what came of it, once it is over
 * ec2-docker/RUN/log           every line that was told, with its time and level
 * ec2-docker/RUN/order         the request as asked and the users file, sealed
 * </pre>
 */
public final class BuildRunFiles {

    private static final ObjectMapper MAPPER = StoredJson.mapper();

    /** Asked anew each time: a job may be renamed while its run is under way, and takes its builds with it. */
    private final Supplier<Path> directory;

    private BuildRunFiles(Supplier<Path> directory) {
        this.directory = directory;
    }

    public static BuildRunFiles of(hudson.model.Run<?, ?> build, String runId) {
        if (!runId.matches("[0-9A-Za-z-]{1,64}")) {
            throw new IllegalArgumentException("Not the id of a run: " + runId);
        }
        return new BuildRunFiles(() -> build.getRootDir().toPath().resolve("ec2-docker").resolve(runId));
    }

    /** Of a run that never had a build. */
    public static BuildRunFiles withoutBuild(String job, String runId) {
        if (!runId.matches("[0-9A-Za-z-]{1,64}")) {
            throw new IllegalArgumentException("Not the id of a run: " + runId);
        }
        return apart(JobDeployments.orphan(job, 0, runId));
    }

    /** Of a run whose build is gone. */
    public static BuildRunFiles apart(Path directory) {
        return new BuildRunFiles(() -> directory);
    }

    /** How the run stands or ended; empty if the build knows nothing of it. */
    public Optional<RunSnapshot> view() throws IOException {
        return read("view.json", RunSnapshot.class);
    }

    /** What came of the run; empty while it is under way, or if the build knows nothing of it. */
    public Optional<RunReport> report() throws IOException {
        return read("report.json", RunReport.class);
    }

    /**
     * Every line that was told: UTF-8, one line each as {@code 2026-11-21T03:51:12.123Z LEVEL text}, the level being one of {@code info},
     * {@code warn}, {@code error}, {@code debug}; continuation lines of a text have a line, time and level of their own. Grows while the
     * run is under way; may not exist yet.
     */
    public Path log() {
        return file("log");
    }

    /**
     * The request as it was asked for, in its own field names, with the values of containers' environments and of tags replaced by
     * {@code ****}; empty for a destruction. Fields that are not known are left out: they may hold secrets.
     */
    public Optional<Map<String, Object>> request() throws IOException {
        return order().map(order -> RedactedRequest.of(order.request()));
    }

    /** See {@link EncryptedOrder#users()}. */
    public Optional<String> users() throws IOException {
        return order().flatMap(EncryptedOrder::users);
    }

    private Optional<EncryptedOrder> order() throws IOException {
        Path file = file("order");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Optional<RunSnapshot> view = view();
        return Optional.of(EncryptedOrder.open(Files.readAllBytes(file), view.map(RunSnapshot::deployment).orElse(""),
                Blueprint.INSTANCE.text(), view.map(RunSnapshot::region).orElse("")));
    }

    /** Makes the directory, once: where it has gone later, the build was deleted, and nothing of it may come back. */
    public void prepare() throws IOException {
        Files.createDirectories(directory.get());
    }

    public void save(EncryptedOrder order) throws IOException {
        write("order", order.seal());
    }

    public void save(RunSnapshot view) throws IOException {
        write("view.json", MAPPER.writeValueAsBytes(view));
    }

    public void save(RunReport report) throws IOException {
        write("report.json", MAPPER.writeValueAsBytes(report));
    }

    private Path file(String name) {
        return directory.get().resolve(name);
    }

    private <T> Optional<T> read(String name, Class<T> type) throws IOException {
        Path file = file(name);
        return Files.isRegularFile(file) ? Optional.of(MAPPER.readValue(Files.readAllBytes(file), type)) : Optional.empty();
    }

    private void write(String name, byte[] content) throws IOException {
        AtomicFile.write(file(name), content);
    }
}
