package io.jenkins.plugins.ec2docker.blueprint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.blueprint.instance.BlueGreenVariables;
import io.jenkins.plugins.ec2docker.blueprint.spec.BlueprintSettings;
import io.jenkins.plugins.ec2docker.bootstrap.RedeployScript;
import io.jenkins.plugins.ec2docker.platform.StoredJson;
import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.request.parse.RequestWriter;
import io.jenkins.plugins.ec2docker.terraform.command.WorkspaceFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The workspace of a request, byte for byte as {@code src/test/resources/golden-rendering} has it: a digest or a variable that comes out
 * otherwise replaces instances that serve.
 *
 * <p>A directory there is one case. It holds what is given ({@code request.yaml}, {@code users.csv}, and in {@code present.yaml} what is
 * applied already), and what has to come out: the stored request, the digest, {@code variables.json} (which is
 * {@code terraform.tfvars.json}), the compose file and the boot script, and of the other rendered files the SHA-256 in {@code files.txt}.
 * The part of the boot script that no request changes is in full in the cases called {@code complete}, elsewhere as SHA-256. What is packed
 * by gzip is compared unpacked, because another version of zlib packs it into other bytes. The rest of the workspace has to be
 * {@code terraform-templates}.
 *
 * <p>After a change that is meant to come out otherwise, this writes the files again; read the difference in git before you commit it:
 *
 * <pre>bin/mvn -o -f pom-engine.xml test -Dtest=GoldenRenderingTest -Dgolden.write=true</pre>
 */
class GoldenRenderingTest {

    private static final Path FIXTURES = Path.of("src/test/resources/golden-rendering");
    private static final boolean WRITE = Boolean.getBoolean("golden.write");
    private static final Set<String> GIVEN = Set.of("request.yaml", "present.yaml", "users.csv");

    private static final String FIRST_RUN = "20260101-120000-0a1b2c3d";
    private static final String NEXT_RUN = "20260102-130000-4e5f6a7b";
    private static final BlueprintSettings ADMINISTERED = new BlueprintSettings(7, "arn:aws:iam::123456789012:policy/boundary");

    /** Names in the workspace of what is compared in full, and in the fixtures: git ignores files of the first one's name. */
    private static final Map<String, String> IN_FULL = Map.of(
            "terraform.tfvars.json", "variables.json",
            "cutover.tfvars.json", "cutover-variables.json",
            "retreat.tfvars.json", "retreat-variables.json",
            "bootstrap/docker-compose.yml", "docker-compose.yml",
            "bootstrap/boot.sh", "boot.sh");

    /** gzip in base64, as the boot script carries it. */
    private static final Pattern PACKED = Pattern.compile("'(H4sI[A-Za-z0-9+/=]+)'");

    @ParameterizedTest
    @ValueSource(strings = {
        "instance-minimal", "instance-complete", "instance-users", "instance-scheduled",
        "autoscaled-minimal", "autoscaled-complete", "autoscaled-development", "autoscaled-staging", "autoscaled-production",
        "autoscaled-own-vpc",
        "fargate-minimal", "fargate-complete", "fargate-development", "fargate-staging", "fargate-production"
    })
    void a_request_is_rendered_to_the_same_bytes(String fixture) throws Exception {
        ProvisionRequest request = request(fixture, "request.yaml");

        compare(fixture, texts(request, first(request, fixture, BlueprintSettings.DEFAULT)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance-administered", "autoscaled-administered", "fargate-administered"})
    void what_administrators_set_is_among_the_variables(String fixture) throws Exception {
        ProvisionRequest request = request(fixture, "request.yaml");

        compare(fixture, texts(request, first(request, fixture, ADMINISTERED)));
    }

    @Test
    void a_second_generation_is_rendered_beside_the_one_that_serves() throws Exception {
        String fixture = "instance-second-generation";
        ProvisionRequest request = request(fixture, "request.yaml");
        RenderedWorkspace present = first(request(fixture, "present.yaml"), fixture, BlueprintSettings.DEFAULT);
        RenderedWorkspace next = again(request, fixture, present);

        assertThat(next.boot().runId()).isEqualTo(NEXT_RUN);
        WorkspaceFiles both = BlueGreenVariables.workspace(next.files(), present.files(), present.boot().runId());
        SortedMap<String, String> texts = texts(request, new RenderedWorkspace(both, next.boot()));
        texts.put("present-digest.txt", present.boot().digest() + "\n");
        compare(fixture, texts);
    }

    @Test
    void images_are_redeployed_on_the_instance_that_serves() throws Exception {
        String fixture = "instance-redeployed";
        ProvisionRequest request = request(fixture, "request.yaml");
        RenderedWorkspace present = first(request(fixture, "present.yaml"), fixture, BlueprintSettings.DEFAULT);

        SortedMap<String, String> texts = texts(
                request, RenderedWorkspace.inPlace(request, null, id(request), present.boot(), BlueprintSettings.DEFAULT));
        for (boolean pulls : new boolean[] {true, false}) {
            String command = new RedeployScript(request, NEXT_RUN, 1_767_358_800_000L, pulls).command();
            Matcher packed = PACKED.matcher(command);
            assertThat(packed.find()).isTrue();
            String name = pulls ? "redeploy" : "restore";
            texts.put(name + "-command.txt", readable(command) + "\n");
            texts.put(name + ".sh", readable(unpacked(Base64.getDecoder().decode(packed.group(1)))));
        }
        compare(fixture, texts);
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void the_same_request_again_keeps_what_serves(String fixture) throws Exception {
        ProvisionRequest request = request(fixture, "request.yaml");
        RenderedWorkspace present = first(request, fixture, BlueprintSettings.DEFAULT);

        RenderedWorkspace again = again(request, fixture, present);

        assertThat(again.boot()).isEqualTo(present.boot());
        assertThat(hashes(again)).isEqualTo(hashes(present));
    }

    @Test
    void every_fixture_is_compared() {
        assertThat(fixtures()).hasSize(20);
    }

    static Stream<String> fixtures() {
        return Stream.of(FIXTURES.toFile().list()).sorted();
    }

    private static RenderedWorkspace first(ProvisionRequest request, String fixture, BlueprintSettings settings) throws Exception {
        return RenderedWorkspace.of(request, users(fixture), id(request), List.of(), FIRST_RUN, settings);
    }

    /** Rendered by a later run. */
    private static RenderedWorkspace again(ProvisionRequest request, String fixture, RenderedWorkspace present) throws Exception {
        var serving = new RenderedWorkspace.Earlier(present.boot(), () -> present.files().contents().get(WorkspaceFiles.USER_DATA));
        return RenderedWorkspace.of(request, users(fixture), id(request), List.of(serving), NEXT_RUN, BlueprintSettings.DEFAULT);
    }

    private static String id(ProvisionRequest request) {
        return request.name() + "-0123abcd";
    }

    private static byte[] users(String fixture) throws IOException {
        Path file = FIXTURES.resolve(fixture).resolve("users.csv");
        return Files.exists(file) ? Files.readAllBytes(file) : null;
    }

    private static ProvisionRequest request(String fixture, String file) throws Exception {
        String yaml = Files.readString(FIXTURES.resolve(fixture).resolve(file));
        return RequestParser.parse(DocumentReader.read(yaml, DocumentReader.Format.YAML)).orElseThrow();
    }

    /** What comes out, by the names of the fixture's files. */
    private static SortedMap<String, String> texts(ProvisionRequest request, RenderedWorkspace preparation) throws Exception {
        SortedMap<String, String> texts = new TreeMap<>();
        String stored = StoredJson.mapper().writeValueAsString(RequestWriter.of(request));
        assertThat(RequestParser.parse(DocumentReader.read(stored, DocumentReader.Format.JSON)).orElseThrow()).isEqualTo(request);
        texts.put("stored-request.json", stored);
        texts.put("digest.txt", preparation.boot().digest() + "\n");
        StringBuilder others = new StringBuilder();
        SortedMap<String, String> configuration = new TreeMap<>();
        for (Map.Entry<String, byte[]> file : preparation.files().contents().entrySet()) {
            String name = file.getKey();
            if (IN_FULL.containsKey(name)) {
                texts.put(IN_FULL.get(name), readable(new String(file.getValue(), UTF_8)));
            } else if (name.endsWith("/user-data")) {
                others.append(sha256(readable(unpacked(file.getValue())))).append("  ").append(name).append(", unpacked\n");
            } else if (name.equals("bootstrap/users.csv")) {
                others.append(sha256(file.getValue())).append("  ").append(name).append('\n');
            } else {
                configuration.put(name, sha256(file.getValue()));
            }
        }
        assertThat(configuration).isEqualTo(bundled(request.blueprint(), configuration));
        texts.put("files.txt", others.toString());
        return texts;
    }

    /** SHA-256 by name, of a blueprint's directory and of the modules that it has in the workspace. */
    private static SortedMap<String, String> bundled(String blueprint, SortedMap<String, String> configuration) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        Path templates = Path.of("terraform-templates");
        Set<Path> directories = new TreeSet<>(Set.of(templates.resolve(blueprint)));
        configuration.keySet().stream().filter(name -> name.contains("/"))
                .forEach(name -> directories.add(templates.resolve(name).getParent()));
        for (Path directory : directories) {
            Path within = directory.endsWith(blueprint) ? directory : templates;
            try (Stream<Path> each = Files.list(directory)) {
                for (Path file : each.filter(Files::isRegularFile).toList()) {
                    files.put(within.relativize(file).toString(), sha256(Files.readAllBytes(file)));
                }
            }
        }
        return files;
    }

    private static SortedMap<String, String> hashes(RenderedWorkspace preparation) {
        SortedMap<String, String> hashes = new TreeMap<>();
        preparation.files().contents().forEach((name, content) -> hashes.put(name, sha256(content)));
        return hashes;
    }

    /** A script from its assignments on, with the SHA-256 of what comes before. */
    private static String assignments(String script) {
        int at = script.lastIndexOf("\nRUN_ID='") + 1;
        return "# SHA-256 " + sha256(script.substring(0, at)) + " up to here\n" + script.substring(at);
    }

    private static void compare(String fixture, SortedMap<String, String> texts) throws IOException {
        if (!fixture.endsWith("-complete")) {
            texts.computeIfPresent("boot.sh", (name, script) -> assignments(script));
            texts.computeIfPresent("restore.sh", (name, script) -> assignments(script));
        }
        Path directory = FIXTURES.resolve(fixture);
        List<String> known = Stream.of(directory.toFile().list()).filter(name -> !GIVEN.contains(name)).sorted().toList();
        if (WRITE) {
            for (String stale : known) {
                Files.delete(directory.resolve(stale));
            }
            for (Map.Entry<String, String> file : texts.entrySet()) {
                Files.writeString(directory.resolve(file.getKey()), file.getValue());
            }
            Assumptions.abort("written to " + directory);
        }
        assertThat(known).containsExactlyElementsOf(texts.keySet());
        for (Map.Entry<String, String> file : texts.entrySet()) {
            Path expected = directory.resolve(file.getKey());
            assertThat(file.getValue()).as(expected.toString()).isEqualTo(Files.readString(expected));
        }
    }

    /** The same whatever zlib packed it. */
    private static String readable(String script) {
        return PACKED.matcher(script).replaceAll(GoldenRenderingTest::readable);
    }

    private static String readable(MatchResult packed) {
        String content = readable(unpacked(Base64.getDecoder().decode(packed.group(1))));
        boolean isShort = content.length() <= 100 && content.indexOf('\n') < 0;
        return Matcher.quoteReplacement("'packed: " + (isShort ? content : "SHA-256 " + sha256(content)) + "'");
    }

    private static String unpacked(byte[] bytes) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(gzip.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new AssertionError("not gzip", e);
        }
    }

    private static String sha256(String text) {
        return sha256(text.getBytes(UTF_8));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
