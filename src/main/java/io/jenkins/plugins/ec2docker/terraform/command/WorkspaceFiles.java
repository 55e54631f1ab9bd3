package io.jenkins.plugins.ec2docker.terraform.command;

import io.jenkins.plugins.ec2docker.platform.AtomicFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * All that Terraform gets to work on, as data: the blueprint, its variables and the rendered bootstrap.
 *
 * <p>It is kept with the deployment from before the apply on, so that what was applied can be destroyed, compared and applied again by
 * the very configuration that made it, whatever version of the blueprint is bundled by then.
 */
public final class WorkspaceFiles {

    /** Where the exact bytes of the EC2 user data are, relative to the workspace. */
    public static final String USER_DATA = "bootstrap/user-data";
    /** The users file as uploaded; empty where there is none. */
    public static final String USERS = "bootstrap/users.csv";
    /** What Terraform takes by itself, without being told to. */
    public static final String VARIABLES = "terraform.tfvars.json";
    /** Variables of an update with two instances: of the new one alone, once it was verified. */
    public static final String CUTOVER = "cutover.tfvars.json";
    /** Variables of an update with two instances: of the one before alone, where the new one is given up. */
    public static final String RETREAT = "retreat.tfvars.json";

    private final SortedMap<String, byte[]> contents;

    /** @param contents by path relative to the workspace, with {@code /} between its parts */
    public WorkspaceFiles(Map<String, byte[]> contents) {
        contents.keySet().forEach(WorkspaceFiles::requireRelative);
        this.contents = Collections.unmodifiableSortedMap(new TreeMap<>(contents));
    }

    public SortedMap<String, byte[]> contents() {
        return contents;
    }

    /** Writes every file below the directory, readable by the owner alone. Files that are there already are replaced. */
    public void writeTo(Path directory) throws IOException {
        for (Map.Entry<String, byte[]> file : contents.entrySet()) {
            Path target = directory.resolve(file.getKey());
            AtomicFile.createPrivateDirectories(Objects.requireNonNull(target.getParent()));
            AtomicFile.write(target, file.getValue());
        }
    }

    public byte[] zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : contents.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static WorkspaceFiles unzip(byte[] archive) throws IOException {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                contents.put(entry.getName(), zip.readAllBytes());
            }
        }
        if (contents.isEmpty()) {
            throw new IOException("The stored configuration is damaged: it holds no files.");
        }
        return new WorkspaceFiles(contents);
    }

    private static void requireRelative(String path) {
        Path asPath = Path.of(path);
        if (asPath.isAbsolute() || !asPath.normalize().equals(asPath) || asPath.startsWith("..")) {
            throw new IllegalArgumentException("Not a path within a workspace: " + path);
        }
    }
}
