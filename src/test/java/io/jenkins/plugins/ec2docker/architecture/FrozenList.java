package io.jenkins.plugins.ec2docker.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;

/**
 * Violations of a rule that are older than the rule: a file below {@code src/test/resources/frozen} with one place and its number of
 * violations a line. No place may be added, no number may grow, and a place without a violation has to leave the list, so that the list
 * only shrinks. Lines that begin with {@code #} are for the reader.
 *
 * <p>After packages or classes were renamed, this writes the files again; read the difference in git before you commit it:
 *
 * <pre>bin/mvn -o -f pom-engine.xml test -Dtest=PackagesTest,BlueprintNamesTest -Dfrozen.write=true</pre>
 */
final class FrozenList {

    private static final Path DIRECTORY = Path.of("src/test/resources/frozen");

    private FrozenList() {}

    /** @param found number of violations by place */
    static void check(String file, Map<String, Integer> found) throws IOException {
        Path path = DIRECTORY.resolve(file);
        List<String> lines = Files.exists(path) ? Files.readAllLines(path) : List.of();
        SortedMap<String, Integer> frozen = new TreeMap<>();
        lines.stream().filter(line -> !line.startsWith("#")).forEach(line -> {
            int number = line.lastIndexOf(' ');
            frozen.put(line.substring(0, number), Integer.valueOf(line.substring(number + 1)));
        });
        if (Boolean.getBoolean("frozen.write")) {
            write(path, lines, found);
            Assumptions.abort("written to " + path);
        }
        SortedMap<String, Integer> more = new TreeMap<>(found);
        more.keySet().removeIf(place -> found.get(place) <= frozen.getOrDefault(place, 0));
        assertThat(more).as("more violations than " + path + " has; fix them in the code, not there").isEmpty();
        frozen.keySet().removeAll(found.keySet());
        assertThat(frozen).as("places without a violation; take them out of " + path).isEmpty();
    }

    private static void write(Path path, List<String> lines, Map<String, Integer> found) throws IOException {
        StringBuilder text = new StringBuilder();
        lines.stream().filter(line -> line.startsWith("#")).forEach(line -> text.append(line).append('\n'));
        new TreeMap<>(found).forEach((place, number) -> text.append(place).append(' ').append(number).append('\n'));
        Files.createDirectories(DIRECTORY);
        Files.writeString(path, text);
    }
}
