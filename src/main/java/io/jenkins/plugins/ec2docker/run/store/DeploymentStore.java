package io.jenkins.plugins.ec2docker.run.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.aws.state.S3StateAddress;
import io.jenkins.plugins.ec2docker.blueprint.spec.Blueprint;
import io.jenkins.plugins.ec2docker.images.ImageDigests;
import io.jenkins.plugins.ec2docker.platform.AtomicFile;
import io.jenkins.plugins.ec2docker.platform.ContentHash;
import io.jenkins.plugins.ec2docker.platform.Encryption;
import io.jenkins.plugins.ec2docker.platform.StoredJson;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.StoredRequest;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.ProvisioningRun;
import io.jenkins.plugins.ec2docker.run.model.UpdateDecision;
import io.jenkins.plugins.ec2docker.terraform.command.WorkspaceFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Deployments on disk, one directory each:
 *
 * <pre>
 * NAME/deployment.json      what is known about it ({@link Deployment})
 * NAME/backend.json         where in S3 its state is; absent for one whose state is here alone
 * NAME/lock                 who works on it ({@link DeploymentLock})
 * NAME/states/              every state it has had ({@link StateVersions})
 * NAME/runs/RUN/            request.json, pins.json, redeploy.json, inputs.zip, run.json and Terraform's event streams of each run
 * NAME/work/RUN/            the workspace of a run that is under way, or that died
 * </pre>
 *
 * What may hold secrets (states, requests, inputs) is sealed; everything is readable by the owner alone.
 */
public final class DeploymentStore {

    static final String FILE = "deployment.json";
    static final String LOCK = "lock";
    /** A deployment that has gone whole takes its lock with it, once. */
    private static final int LOCK_TRIES = 5;
    private static final ObjectMapper MAPPER = StoredJson.mapper();
    private static final ObjectReader DEPLOYMENT = MAPPER.readerFor(Deployment.class);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");

    private final Path root;
    private final Encryption seal;

    public DeploymentStore(Path root, Encryption seal) {
        this.root = root.toAbsolutePath().normalize();
        this.seal = seal;
    }

    /**
     * Whether a deployment can be kept under this name. Wider than today's rule for names of new ones, so that none is out of reach where that
     * rule has become stricter since.
     */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** All deployments by name; destroyed ones too. Reading many is spread over the processors. */
    public List<Deployment> list() throws IOException {
        try {
            return kept().stream().map(Kept::name).sorted().toList().parallelStream().flatMap(name -> {
                try {
                    return find(name).stream();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * A deployment that has not been read.
     *
     * @param changed when it was saved last
     */
    public record Kept(String name, Instant changed) {
        public static final Comparator<Kept> LATEST_FIRST = Comparator.comparing(Kept::changed).reversed().thenComparing(Kept::name);
    }

    /** All deployments, destroyed ones too, without reading any: one look at each, however long its history is. In no order. */
    public List<Kept> kept() throws IOException {
        List<Kept> found = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(root)) {
            for (Path directory : directories) {
                try {
                    Path file = directory.resolve(FILE);
                    found.add(new Kept(root.relativize(directory).toString(), Files.getLastModifiedTime(file).toInstant()));
                } catch (FileSystemException e) {
                    boolean neverBegan = e instanceof NoSuchFileException || !Files.isDirectory(directory);
                    if (!neverBegan) {
                        throw e;
                    }
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    /** Of every directory that is, was or may become that of a deployment. */
    public List<String> names() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> directories = Files.list(root)) {
            return directories.filter(Files::isDirectory).map(each -> root.relativize(each).toString()).filter(DeploymentStore::isName)
                    .sorted()
                    .toList();
        }
    }

    /** @throws IOException if it is there but cannot be read */
    public Optional<Deployment> find(String name) throws IOException {
        Path file = directory(name).resolve(FILE);
        try {
            return Optional.of(DEPLOYMENT.readValue(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    public void save(Deployment deployment) throws IOException {
        Path directory = AtomicFile.createPrivateDirectories(directory(deployment.name()));
        AtomicFile.write(directory.resolve(FILE), MAPPER.writeValueAsBytes(deployment));
    }

    /** One of which nothing but its history is shorter: among the {@link #kept} it stays where it was. */
    void saveShortened(Deployment deployment) throws IOException {
        Path file = directory(deployment.name()).resolve(FILE);
        FileTime changed = Files.getLastModifiedTime(file);
        save(deployment);
        // Not the very same time: by that others know whether they have read it.
        Files.setLastModifiedTime(file, FileTime.from(changed.toInstant().plusSeconds(1)));
    }

    /** Where in S3 a deployment's state is; empty for one whose state is here alone. */
    public Optional<S3StateAddress> s3(Deployment deployment) throws IOException {
        Path file = directory(deployment.name()).resolve("backend.json");
        // One of the same name that is gone may have been elsewhere.
        return Files.isRegularFile(file)
                ? Optional.of(MAPPER.readValue(Files.readAllBytes(file), Backend.class))
                        .filter(known -> known.deployment().equals(deployment.id()))
                        .map(Backend::s3)
                : Optional.empty();
    }

    /** @param address null for the store alone */
    public void saveS3(Deployment deployment, @CheckForNull S3StateAddress address) throws IOException {
        Path directory = AtomicFile.createPrivateDirectories(directory(deployment.name()));
        AtomicFile.write(directory.resolve("backend.json"), MAPPER.writeValueAsBytes(new Backend(deployment.id(), address)));
    }

    private record Backend(String deployment, @CheckForNull S3StateAddress s3) {}

    /** Takes a deployment's lock, whether or not the deployment exists yet. */
    public DeploymentLock lock(String name, DeploymentLock.Holder holder) throws IOException, DeploymentLock.Held {
        for (int i = 0; i < LOCK_TRIES; i++) {
            Path directory = AtomicFile.createPrivateDirectories(directory(name));
            Optional<DeploymentLock> lock = DeploymentLock.take(directory.resolve(LOCK), name, holder);
            if (lock.isPresent()) {
                return lock.get();
            }
        }
        throw new IOException("The lock of deployment \"" + name + "\" cannot be taken: " + directory(name).resolve(LOCK)
                + " is removed each time. Find out by what, then try again.");
    }

    public StateVersions states(String name) {
        return new StateVersions(directory(name).resolve("states"), seal);
    }

    /** A deployment of which nothing is left begins with no state, which is null: the old one is of other resources. */
    @CheckForNull
    public byte[] latestState(Deployment deployment) throws IOException {
        StateVersions versions = states(deployment.name());
        Optional<StateVersions.Version> latest = deployment.isGone() ? Optional.empty() : versions.latest();
        return latest.isPresent() ? versions.read(latest.get()) : null;
    }

    /** Where a run leaves what outlives it. */
    public Path runDirectory(String name, String runId) throws IOException {
        return AtomicFile.createPrivateDirectories(directory(name).resolve("runs").resolve(runId));
    }

    /** Where a run's Terraform works. */
    public Path workDirectory(String name, String runId) throws IOException {
        return AtomicFile.createPrivateDirectories(directory(name).resolve("work").resolve(runId));
    }

    /** Workspaces that are still there, by run id: with the lock in hand, those of runs that died. */
    public List<String> leftoverWork(String name) throws IOException {
        Path work = directory(name).resolve("work");
        if (!Files.isDirectory(work)) {
            return List.of();
        }
        try (Stream<Path> runs = Files.list(work)) {
            return runs.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    public void saveRun(String name, ProvisioningRun run) throws IOException {
        AtomicFile.write(runDirectory(name, run.id()).resolve("run.json"), MAPPER.writeValueAsBytes(run));
    }

    /** @return what tells by equality whether two runs were given the same request and users file */
    public String saveInputs(String name, String runId, StoredRequest request, WorkspaceFiles inputs) throws IOException {
        Path directory = runDirectory(name, runId);
        byte[] json = MAPPER.writeValueAsBytes(request.document());
        AtomicFile.write(directory.resolve("request.json"), seal.seal(json));
        AtomicFile.write(directory.resolve("inputs.zip"), seal.seal(inputs.zip()));
        return ContentHash.of(json, inputs.contents().get(WorkspaceFiles.USERS));
    }

    public WorkspaceFiles inputs(String name, String runId) throws IOException {
        return WorkspaceFiles.unzip(seal.open(Files.readAllBytes(runDirectory(name, runId).resolve("inputs.zip"))));
    }

    /** What a run's images were pinned to. */
    public void savePins(String name, String runId, ImageDigests pins) throws IOException {
        AtomicFile.write(runDirectory(name, runId).resolve("pins.json"), MAPPER.writeValueAsBytes(pins));
    }

    /** Empty for a run that looked for none. */
    public Optional<ImageDigests> pins(String name, String runId) throws IOException {
        Path file = directory(name).resolve("runs").resolve(runId).resolve("pins.json");
        return Files.isRegularFile(file) ? Optional.of(MAPPER.readValue(Files.readAllBytes(file), ImageDigests.class)) : Optional.empty();
    }

    /** Whether a run changes the containers of the instance that serves. */
    public void saveRedeployDecision(String name, String runId, UpdateDecision decision) throws IOException {
        AtomicFile.write(runDirectory(name, runId).resolve("redeploy.json"), MAPPER.writeValueAsBytes(decision));
    }

    /** Empty for a run that has not decided. */
    public Optional<UpdateDecision> redeployDecision(String name, String runId) throws IOException {
        Path file = directory(name).resolve("runs").resolve(runId).resolve("redeploy.json");
        return Files.isRegularFile(file)
                ? Optional.of(MAPPER.readValue(Files.readAllBytes(file), UpdateDecision.class))
                : Optional.empty();
    }

    /** Which command of Systems Manager a redeployment was sent as. */
    public void saveCommand(String name, String runId, String mark, String commandId) throws IOException {
        AtomicFile.write(runDirectory(name, runId).resolve("command-" + mark), commandId.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty for one that was not sent, or not known to be. */
    public Optional<String> command(String name, String runId, String mark) throws IOException {
        Path file = directory(name).resolve("runs").resolve(runId).resolve("command-" + mark);
        return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    /** The request as a run rendered it: with its pins. */
    public ProvisionRequest rendered(String name, String runId) throws IOException {
        return pins(name, runId).orElse(ImageDigests.NONE).applied(request(name, runId));
    }

    /** The containers' images as a run rendered them, in the request's order: with tag and digest where a registry told it. */
    public List<String> images(String name, String runId) throws IOException {
        return rendered(name, runId).containers().stream().map(container -> container.image().text()).toList();
    }

    /** The users file as a run was given it, or null for none. */
    @CheckForNull
    public byte[] users(String name, String runId) throws IOException {
        byte[] csv = inputs(name, runId).contents().get(WorkspaceFiles.USERS);
        return csv == null || csv.length == 0 ? null : csv;
    }

    /** The request as a run was given it, whatever today's rules say of it; {@link #stored} has what they say. */
    public ProvisionRequest request(String name, String runId) throws IOException {
        return stored(name, runId).request();
    }

    /**
     * The request as a run was given it and as it is stored.
     *
     * @throws IOException if the file is missing, cannot be decrypted or is no JSON; never because of what it says
     */
    public StoredRequest stored(String name, String runId) throws IOException {
        Path file = runDirectory(name, runId).resolve("request.json");
        Map<String, Object> document;
        try {
            document = StoredJson.document(seal.open(Files.readAllBytes(file)));
        } catch (FileSystemException missing) {
            throw missing;
        } catch (IOException e) {
            throw new IOException(
                    "The request that run " + runId + " of deployment \"" + name + "\" was given cannot be read: " + e.getMessage()
                            + " Restore " + file + " from a backup.",
                    e);
        }
        Optional<Deployment> known = find(name);
        return StoredRequest.read(document, name, known.map(Deployment::blueprint).orElse(Blueprint.INSTANCE.text()),
                known.map(Deployment::region).orElse(""));
    }

    Path directory(String name) {
        Path directory = root.resolve(name).normalize();
        if (!root.equals(directory.getParent())) {
            throw new IllegalArgumentException("Not a deployment's name: " + name);
        }
        return directory;
    }
}
