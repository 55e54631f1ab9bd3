package io.jenkins.plugins.ec2docker.jenkins;

import io.jenkins.plugins.ec2docker.testing.Moto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Secrets that are to be found nowhere but in what is sealed, and the search for them: as they are, and as base64 of any text around them. */
public final class Sentinels {

    private final Set<String> forms = new TreeSet<>();

    public Sentinels(String... secrets) {
        List.of(secrets).forEach(this::add);
    }

    /** @param secret at least eight characters, of which others are not found by chance */
    public void add(String secret) {
        if (secret.length() < 8) {
            throw new IllegalArgumentException("too short to be looked for");
        }
        forms.add(secret);
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        for (int before = 0; before < 3; before++) {
            // Of what stands before and after, the base64 of the characters at both ends depends.
            byte[] padded = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, padded, before, bytes.length);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(padded);
            forms.add(encoded.substring(before == 0 ? 0 : before + 1, padded.length * 8 / 6));
        }
    }

    /** Those that a text has in it. */
    public List<String> in(String text) {
        return forms.stream().filter(text::contains).toList();
    }

    /**
     * The files below a directory that have one in them, with what they have. Not looked at is what Jenkins unpacks of its plugins, which is
     * nearly all that a Jenkins of a test has on disk.
     */
    public Map<Path, List<String>> under(Path directory) throws IOException {
        Path plugins = directory.resolve("plugins");
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
                return each.equals(plugins) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            /** Jenkins writes while it is looked at, and files that it writes come and go. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
                if (why instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw why;
            }
        });
        return found(files.stream());
    }

    /** The processes of this machine, by their {@code cmdline}, that have one in their arguments. */
    public Map<Path, List<String>> inArguments() throws IOException {
        try (Stream<Path> processes = processes()) {
            return found(processes.map(process -> process.resolve("cmdline")));
        }
    }

    /** What Terraform was given to work with in an AWS: values of a variable in the environments of the provider's processes. */
    public static Set<String> givenToProviders(Moto aws, String variable) throws IOException {
        Pattern assignment = Pattern.compile("(?:^|\0)" + Pattern.quote(variable) + "=([^\0]+)");
        try (Stream<Path> processes = processes()) {
            return processes.filter(process -> content(process.resolve("cmdline")).contains("terraform-provider-aws"))
                    .map(process -> content(process.resolve("environ")))
                    .filter(environment -> environment.contains("AWS_ENDPOINT_URL=" + aws.endpoint() + "\0"))
                    .flatMap(environment -> assignment.matcher(environment).results())
                    .map(match -> match.group(1))
                    .collect(Collectors.toSet());
        }
    }

    private static Stream<Path> processes() throws IOException {
        return Files.list(Path.of("/proc")).filter(entry -> entry.getFileName().toString().matches("\\d+"));
    }

    private Map<Path, List<String>> found(Stream<Path> files) {
        return files.collect(Collectors.toMap(file -> file, file -> in(content(file)))).entrySet().stream()
                .filter(file -> !file.getValue().isEmpty())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Each byte as a character; nothing where a file or process has gone since it was listed. */
    private static String content(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException gone) {
            return "";
        } catch (IOException e) {
            if (file.startsWith("/proc")) {
                return "";
            }
            throw new UncheckedIOException(e);
        }
    }
}
