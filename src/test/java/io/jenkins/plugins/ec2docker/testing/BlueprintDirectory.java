package io.jenkins.plugins.ec2docker.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ec2docker.blueprint.spec.Blueprint;
import io.jenkins.plugins.ec2docker.terraform.provider.ProviderLockFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A copy of a blueprint in a directory of its own, in which the real Terraform works against moto.
 *
 * <p>It has nothing of the product's own launcher in it, so that a fault there cannot hide one in a blueprint.
 */
public final class BlueprintDirectory {

    /** Enough for the largest blueprint on a busy machine: of a load balancer alone the provider waits for minutes. */
    private static final Duration LIMIT = Duration.ofMinutes(12);
    private static final Path TEMPLATES = Path.of("terraform-templates");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final Map<String, String> environment;

    private BlueprintDirectory(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    /** Copies the blueprint and initialises it; the lock file must do as it is. */
    public static BlueprintDirectory initialised(String blueprint, Path directory, Moto moto) {
        return initialised(blueprint, directory, moto.environment());
    }

    /** The same, against whichever AWS the environment names. */
    public static BlueprintDirectory initialised(String blueprint, Path directory, Map<String, String> environment) {
        BlueprintDirectory copy = new BlueprintDirectory(directory, environment);
        try (Stream<Path> files = Files.list(TEMPLATES.resolve(blueprint))) {
            files.filter(Files::isRegularFile).forEach(copy::add);
            for (String module : Blueprint.of(blueprint).modules()) {
                copy.addModule(module);
            }
            copy.write("cli.tfrc", ProviderMirror.find()
                    .map(mirror -> "provider_installation {\n  filesystem_mirror {\n    path = \"" + mirror + "\"\n  }\n}\n")
                    .orElse("")
                    .getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        copy.run("init", "-input=false", "-no-color", "-lockfile=readonly").mustSucceed();
        copy.forgetHashes(TEMPLATES.resolve(blueprint));
        return copy;
    }

    /**
     * Copies the variables of a blueprint, or of {@code modules/NAME}, alone: their rules need no provider, and are looked at in a tenth of a
     * second without one.
     */
    public static BlueprintDirectory variablesOnly(String blueprint, Path directory) {
        BlueprintDirectory copy = new BlueprintDirectory(directory, Map.of());
        copy.add(TEMPLATES.resolve(blueprint).resolve("variables.tf"));
        copy.write("cli.tfrc", new byte[0]);
        return copy;
    }

    /**
     * Terraform would hash the provider again for each command, which takes a fifth of its time.
     *
     * @param template whose lock file {@code init} must have left as it is
     */
    private void forgetHashes(Path template) {
        try {
            String hashes = Files.readString(directory.resolve(ProviderLockFile.FILE));
            if (!hashes.equals(Files.readString(template.resolve(ProviderLockFile.FILE)))) {
                throw new AssertionError("terraform init has changed the lock file of " + template);
            }
            write(ProviderLockFile.FILE, ProviderLockFile.withoutHashes(hashes).getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addModule(String module) throws IOException {
        try (Stream<Path> files = Files.list(TEMPLATES.resolve("modules").resolve(module))) {
            for (Path file : files.toList()) {
                write("modules/" + module + "/" + file.getFileName(), Files.readAllBytes(file));
            }
        }
    }

    private void add(Path file) {
        try {
            Files.copy(file, directory.resolve(file.getFileName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What one command ended with. */
    public record Result(int exitCode, String output) {
        public Result mustSucceed() {
            if (exitCode != 0) {
                throw new AssertionError("terraform ended with " + exitCode + ":\n" + text());
            }
            return this;
        }

        /** The output as a person would read it. */
        public String text() {
            return output.lines()
                    .map(line -> line.startsWith("{\"@level") ? read(parse(line)) : line)
                    .collect(Collectors.joining("\n"));
        }

        private static String read(JsonNode event) {
            String detail = event.path("diagnostic").path("detail").asText();
            return event.path("@message").asText() + (detail.isEmpty() ? "" : ": " + detail);
        }

        /** The {@code -json} events of one type. */
        public List<JsonNode> events(String type) {
            List<JsonNode> events = new ArrayList<>();
            output.lines().filter(line -> line.startsWith("{")).forEach(line -> {
                JsonNode event = parse(line);
                if (event.path("type").asText().equals(type)) {
                    events.add(event);
                }
            });
            return events;
        }
    }

    public Path path() {
        return directory;
    }

    public void variables(Map<String, ?> variables) {
        write("terraform.tfvars.json", parse(variables).toString().getBytes(UTF_8));
    }

    public void write(String file, byte[] content) {
        try {
            Path target = directory.resolve(file);
            Files.createDirectories(target.getParent());
            Files.write(target, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void apply() {
        run("apply", "-input=false", "-json", "-auto-approve").mustSucceed();
    }

    public void destroy() {
        run("destroy", "-input=false", "-json", "-auto-approve").mustSucceed();
    }

    /** Plans what is not to be applied, for its exit code (0 no change, 1 error, 2 changes) and its events. */
    public Result plan() {
        return run("plan", "-input=false", "-json", "-detailed-exitcode", "-lock=false");
    }

    /** Plans, and gives the plan as {@code terraform show -json} has it. */
    public JsonNode plannedJson() {
        run("plan", "-input=false", "-json", "-out=plan").mustSucceed();
        return parse(run("show", "-json", "plan").mustSucceed().output());
    }

    /** The outputs by name, each with its value, as the state has them; those that are null are not there. */
    public JsonNode outputs() {
        try {
            return JSON.readTree(directory.resolve("terraform.tfstate").toFile()).path("outputs");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the state knows of each resource and data source, by its address. */
    public Map<String, JsonNode> stateAttributes() {
        Map<String, JsonNode> attributes = new TreeMap<>();
        try {
            for (JsonNode resource : JSON.readTree(directory.resolve("terraform.tfstate").toFile()).path("resources")) {
                String address = (resource.has("module") ? resource.path("module").asText() + "." : "")
                        + (resource.path("mode").asText().equals("data") ? "data." : "")
                        + resource.path("type").asText() + "." + resource.path("name").asText();
                for (JsonNode instance : resource.path("instances")) {
                    JsonNode key = instance.path("index_key");
                    attributes.put(address + (key.isMissingNode() ? "" : "[" + key + "]"), instance.path("attributes"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return attributes;
    }

    public String output(String name) {
        return outputs().path(name).path("value").asText(null);
    }

    /** Runs Terraform and waits for its end; its two streams become one. */
    public Result run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("terraform"));
        command.addAll(List.of(arguments));
        try {
            Path log = Files.createTempFile(directory, "terraform", ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("TF_") || name.startsWith("AWS_"));
            builder.environment().putAll(environment);
            builder.environment().put("TF_CLI_CONFIG_FILE", directory.resolve("cli.tfrc").toString());
            // Apart, because it links to the mirror, and a temporary directory is deleted with what it holds.
            builder.environment().put("TF_DATA_DIR",
                    Path.of("target", "terraform-data", directory.getFileName().toString()).toAbsolutePath().toString());
            builder.environment().put("CHECKPOINT_DISABLE", "1");
            // A quarter of the time that its commands take is the collection of garbage.
            builder.environment().put("GOGC", "400");
            builder.environment().put("GOMEMLIMIT", "1GiB");
            Process process = builder.start();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroy();
                throw new AssertionError(command + " had not ended after " + LIMIT + ":\n" + Files.readString(log));
            }
            return new Result(process.exitValue(), Files.readString(log));
        } catch (IOException e) {
            throw new UncheckedIOException("terraform could not be run; is it on the PATH?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode parse(Object value) {
        try {
            return value instanceof String text ? JSON.readTree(text) : JSON.valueToTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + value, e);
        }
    }
}
