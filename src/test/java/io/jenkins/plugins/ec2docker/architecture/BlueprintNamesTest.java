package io.jenkins.plugins.ec2docker.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Only the blueprints' own code knows what they are called; everything else asks a blueprint. */
class BlueprintNamesTest {

    private static final Path SOURCES = Path.of("src/main/java");

    /** The package of the blueprints, with one package for each below it. */
    private static final String HOME = "io/jenkins/plugins/ec2docker/blueprint/";

    /** A name in quotes, in code or in a text block. */
    private static final Pattern NAME = Pattern.compile("\"(instance|autoscaled|fargate)\"");

    /** Lines in which the word is not a blueprint's name: a kind of AWS resource, and a variable of a blueprint. */
    private static final List<Predicate<String>> NO_NAMES = List.of(
            Pattern.compile("INSTANCE\\(\"instance\", Found\\.BY_ID, \"aws_instance\"\\)").asPredicate(),
            Pattern.compile("variables\\.put\\(\"instance\", ").asPredicate());

    @Test
    void blueprints_are_named_in_their_own_package_alone() throws IOException {
        SortedMap<String, Integer> named = new TreeMap<>();
        for (Path source : sources()) {
            int names = names(Files.readAllLines(source));
            if (names > 0 && !SOURCES.relativize(source).toString().startsWith(HOME)) {
                named.put(source.getFileName().toString(), names);
            }
        }
        FrozenList.check("blueprint-names.txt", named);
    }

    @Test
    void a_name_is_found_wherever_it_stands() {
        for (Map.Entry<String, Integer> each : Map.of(
                "if (blueprint.equals(\"fargate\")) {", 1, "List.of(\"instance\", \"autoscaled\")", 2,
                "variables.put(\"instance\", instance(request));", 0, " * as in {@code \"instances\"}", 0,
                "// not \"fargate\"", 0)
                .entrySet()) {
            assertThat(names(List.of(each.getKey()))).as(each.getKey()).isEqualTo(each.getValue());
        }
    }

    private static int names(List<String> lines) {
        return lines.stream()
                .filter(line -> NO_NAMES.stream().noneMatch(no -> no.test(line)))
                .filter(line -> !line.strip().startsWith("*") && !line.strip().startsWith("//") && !line.strip().startsWith("/*"))
                .mapToInt(line -> (int) NAME.matcher(line).results().count())
                .sum();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        }
    }
}
