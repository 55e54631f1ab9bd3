package io.jenkins.plugins.ec2docker.jenkins.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ec2docker.jenkins.controller.PluginDirectory;
import io.jenkins.plugins.ec2docker.platform.AtomicFile;
import io.jenkins.plugins.ec2docker.platform.StoredJson;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The runs under way, on the controller's disk:
 *
 * <pre>
 * live/RUN.json     {@link ActiveRunRecord}; there from before the first action until after the last
 * live/RUN.order    {@link EncryptedOrder}
 * </pre>
 */
public final class ActiveRunStore {

    private static final Logger LOGGER = Logger.getLogger(ActiveRunStore.class.getName());
    private static final ObjectMapper MAPPER = StoredJson.mapper();
    private static final String RECORD = ".json";
    private static final String ORDER = ".order";

    private final Path directory;

    public ActiveRunStore(Path directory) {
        this.directory = directory;
    }

    /** That of this controller. */
    public static ActiveRunStore here() {
        return new ActiveRunStore(PluginDirectory.path().resolve("live"));
    }

    /** Oldest first. One that cannot be read is left where it is and logged. */
    public List<ActiveRunRecord> list() throws IOException {
        List<ActiveRunRecord> found = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return found;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> isRecord(path.getFileName().toString())).sorted().toList()) {
                try {
                    found.add(MAPPER.readValue(Files.readAllBytes(file), ActiveRunRecord.class));
                } catch (IOException e) {
                    LOGGER.log(Level.SEVERE, "The run in " + file + " cannot be taken up.", e);
                }
            }
        }
        return found;
    }

    public void begin(ActiveRunRecord record, EncryptedOrder order) throws IOException {
        AtomicFile.createPrivateDirectories(directory);
        AtomicFile.write(file(record.runId(), ORDER), order.seal());
        save(record);
    }

    public void save(ActiveRunRecord record) throws IOException {
        AtomicFile.write(file(record.runId(), RECORD), MAPPER.writeValueAsBytes(record));
    }

    public EncryptedOrder order(ActiveRunRecord record) throws IOException {
        Deployment deployment = record.deployment();
        return EncryptedOrder.open(Files.readAllBytes(file(record.runId(), ORDER)), deployment.name(), deployment.blueprint(),
                record.region());
    }

    public void end(String runId) throws IOException {
        Files.deleteIfExists(file(runId, RECORD));
        Files.deleteIfExists(file(runId, ORDER));
    }

    private Path file(String runId, String suffix) {
        return directory.resolve(runId + suffix);
    }

    /** A file whose writing was cut off begins with a dot. */
    private static boolean isRecord(String name) {
        return name.endsWith(RECORD) && !name.startsWith(".");
    }
}
