package io.jenkins.plugins.ec2docker.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.ec2docker.blueprint.spec.Generation;
import io.jenkins.plugins.ec2docker.platform.Encryption;
import io.jenkins.plugins.ec2docker.platform.StoredJson;
import io.jenkins.plugins.ec2docker.run.model.Deployment;
import io.jenkins.plugins.ec2docker.run.model.Purpose;
import io.jenkins.plugins.ec2docker.run.model.RunResult;
import io.jenkins.plugins.ec2docker.run.model.RunSummary;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lists a store of many deployments, or merely reads the same files, so that the two can be timed side by side as whole processes. Arguments:
 * {@code generate DIR NUMBER}; {@code list DIR} (all of it) against {@code walk DIR}; {@code page DIR} (the 50 that were changed last) against
 * {@code stat DIR} (one look at each file). Each prints a number, and the heap that is in use at its end.
 */
public final class DeploymentsBench {
    private static final int PAGE = 50;
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private DeploymentsBench() {}

    public static void main(String[] args) throws Exception {
        Path root = Path.of(args[1]);
        Object held = switch (args[0]) {
            case "generate" -> generate(root, Integer.parseInt(args[2]));
            case "list" -> new DeploymentStore(root, Encryption.NONE).list();
            case "page" -> page(new DeploymentStore(root, Encryption.NONE));
            case "walk" -> walk(root);
            case "stat" -> stat(root);
            default -> throw new IllegalArgumentException("generate, list, walk, page or stat, not " + args[0]);
        };
        System.gc();
        long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        System.out.println((held instanceof List<?> list ? list.size() : held) + " " + heap / (1024 * 1024) + " MiB");
    }

    private static List<Deployment> page(DeploymentStore store) throws Exception {
        List<Deployment> page = new ArrayList<>();
        for (DeploymentStore.Kept each : store.kept().stream().sorted(DeploymentStore.Kept.LATEST_FIRST).limit(PAGE).toList()) {
            store.find(each.name()).ifPresent(page::add);
        }
        return page;
    }

    private static long walk(Path root) throws Exception {
        long files = 0;
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(root)) {
            for (Path directory : directories) {
                files += Files.readAllBytes(directory.resolve("deployment.json")).length > 0 ? 1 : 0;
            }
        }
        return files;
    }

    private static long stat(Path root) throws Exception {
        long files = 0;
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(root)) {
            for (Path directory : directories) {
                files += Files.getLastModifiedTime(directory.resolve("deployment.json")).toMillis() > 0 ? 1 : 0;
            }
        }
        return files;
    }

    /** Each as it is after five runs, with the outputs that the blueprint has. */
    private static int generate(Path root, int number) throws Exception {
        ObjectMapper mapper = StoredJson.mapper();
        for (int i = 0; i < number; i++) {
            String name = "app-" + i;
            Instant created = BEGIN.plus(Duration.ofMinutes(i));
            List<RunSummary> runs = new ArrayList<>();
            for (int run = 0; run < 5; run++) {
                Instant at = created.plus(Duration.ofHours(run));
                runs.add(RunSummary.begin(String.format(Locale.ROOT, "20260101-%06d-%08x", run, i), Purpose.PROVISION,
                        "alice (team/app-" + i + " #" + (run + 1) + ")", at).given("0".repeat(64))
                        .end(new RunResult(RunResult.Status.SUCCEEDED, "Provisioned.", true), false, at.plusSeconds(40)));
            }
            Map<String, JsonNode> outputs = new TreeMap<>();
            for (String output : List.of("instance_id", "public_ip", "private_ip", "public_dns", "security_group_id", "url", "region",
                    "role_name",
                    "image_id", "availability_zone")) {
                outputs.put(output, TextNode.valueOf(output + "-of-the-deployment-" + i));
            }
            Generation boot = new Generation("1".repeat(64), runs.get(0).id());
            Deployment deployment = Deployment.begin(name, name + "-1f3a9c02", "instance", "eu-central-1", "alice", created).toBuilder()
                    .account("123456789012").status(i % 10 == 0 ? Deployment.Status.LIVE : Deployment.Status.EMPTY)
                    .updated(runs.get(4).ended()).boot(boot).appliedRun(runs.get(4).id()).good(true).outputs(outputs).runs(runs).build();
            Path file = Files.createDirectories(root.resolve(name)).resolve("deployment.json");
            Files.write(file, mapper.writeValueAsBytes(deployment));
            Files.setLastModifiedTime(file, FileTime.from(deployment.updated()));
            for (String other : List.of("states", "runs")) {
                Files.createDirectories(root.resolve(name).resolve(other));
            }
        }
        return number;
    }
}
