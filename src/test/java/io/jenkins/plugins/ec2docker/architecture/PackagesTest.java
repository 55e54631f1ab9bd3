package io.jenkins.plugins.ec2docker.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Packages that a person can keep in mind: small ones, and none that needs another one which needs it. */
class PackagesTest {

    private static final String ROOT = "io.jenkins.plugins.ec2docker";
    private static final Path SOURCES = Path.of("src/main/java", ROOT.replace('.', '/'));
    private static final int MOST_CLASSES = 25;
    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?" + Pattern.quote(ROOT) + "\\.([a-z][a-z0-9.]*)\\.[A-Z]", Pattern.MULTILINE);

    @Test
    void a_package_has_at_most_25_classes() throws IOException {
        Map<String, Integer> classes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                    .forEach(file -> classes.merge(name(file.getParent()), 1, Integer::sum));
        }
        classes.values().removeIf(count -> count <= MOST_CLASSES);

        FrozenList.check("package-sizes.txt", classes);
    }

    /** So that SpotBugs and readers take what is not marked {@code CheckForNull} for what is never null. */
    @Test
    void every_package_says_that_nothing_is_null_by_default() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")).map(Path::getParent).distinct())
                    .allSatisfy(each -> assertThat(each.resolve("package-info.java")).content()
                            .contains("@DefaultAnnotation(NonNull.class)", "import edu.umd.cs.findbugs.annotations.NonNull;"));
        }
    }

    /**
     * As {@code slices().matching("….(**)").should().beFreeOfCycles()} of ArchUnit, but in a form whose violations can be listed, and also for
     * the packages that only the plugin's own build compiles: of those the imports count.
     */
    @Test
    void packages_are_free_of_cycles() throws IOException {
        Map<String, Map<String, Integer>> needs = imports();
        classes().forEach(each -> each.getDirectDependenciesFromSelf().forEach(dependency -> {
            JavaClass target = dependency.getTargetClass().getBaseComponentType();
            if (isOurs(target) && !name(target).equals(name(each))) {
                needs.computeIfAbsent(name(each), from -> new TreeMap<>()).putIfAbsent(name(target), 1);
            }
        }));
        Map<String, Integer> cyclic = new TreeMap<>();
        needs.forEach((from, targets) -> targets.forEach((to, number) -> {
            if (reaches(needs, to, from)) {
                cyclic.put(from + " -> " + to, number);
            }
        }));

        FrozenList.check("package-cycles.txt", cyclic);
    }

    /** By package, the packages that its sources import from, each with the number of imports. */
    private static Map<String, Map<String, Integer>> imports() throws IOException {
        Map<String, Map<String, Integer>> needs = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                String from = name(file.getParent());
                IMPORT.matcher(Files.readString(file)).results().map(found -> found.group(1)).filter(to -> !to.equals(from))
                        .forEach(to -> needs.computeIfAbsent(from, name -> new TreeMap<>()).merge(to, 1, Integer::sum));
            }
        }
        return needs;
    }

    private static JavaClasses classes() {
        // As in RoomsTest: names are enough, and reading the JDK and the SDK would take seconds.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter().importUrl(ProvisionRequest.class.getProtectionDomain().getCodeSource().getLocation());
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(ROOT + ".");
    }

    private static String name(JavaClass type) {
        return isOurs(type) ? type.getPackageName().substring(ROOT.length() + 1) : "(root)";
    }

    private static String name(Path directory) {
        return SOURCES.relativize(directory).toString().replace('/', '.');
    }

    private static boolean reaches(Map<String, Map<String, Integer>> needs, String from, String to) {
        Set<String> seen = new HashSet<>(List.of(from));
        Deque<String> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            String next = open.remove();
            if (next.equals(to)) {
                return true;
            }
            needs.getOrDefault(next, Map.of()).keySet().stream().filter(seen::add).forEach(open::add);
        }
        return false;
    }
}
