package io.jenkins.plugins.ec2docker.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The house of the design: which room may know which, and which library lives in which room alone. */
class RoomsTest {

    private static final String ROOT = "io.jenkins.plugins.ec2docker";

    /** The rooms, lower first. A room imports only rooms of the levels before its own; nothing imports a shell, and so the two not each other. */
    private static final List<List<String>> LEVELS = List.of(
            // The second is no room: it has the name of a class that is gone, see there.
            List.of("platform", "provisioning"),
            List.of("request"),
            List.of("terraform", "aws"),
            List.of("images", "bootstrap", "policy"),
            List.of("verify"),
            List.of("blueprint"),
            List.of("run"),
            List.of("upkeep"),
            List.of("local"),
            List.of("cli", "jenkins"));

    private static final Map<String, String> ONLY_HOME = Map.of(
            "picocli..", "cli",
            "org.apache.commons.csv..", "request",
            "software.amazon.awssdk..", "aws");

    /** But for those of which all of it is in {@code ScheduledWork}. */
    private static final Pattern PERIODIC =
            Pattern.compile("\\bextends\\s+(AsyncPeriodicWork|PeriodicWork|AperiodicWork|AsyncAperiodicWork)\\b");

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        // The rules look at names alone; reading what is behind them, the JDK and the SDK, would take eight seconds.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        // Where one of them is, all of them are, and neither the tests nor the libraries.
        classes = new ClassFileImporter().importUrl(ProvisionRequest.class.getProtectionDomain().getCodeSource().getLocation());
    }

    @Test
    void rooms_import_only_lower_rooms() {
        var layers = layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
        for (String room : LEVELS.stream().flatMap(List::stream).toList()) {
            layers = layers.layer(room).definedBy(ROOT + "." + room + "..");
        }
        for (int level = 0; level < LEVELS.size(); level++) {
            String[] above = LEVELS.stream().skip(level + 1).flatMap(List::stream).toArray(String[]::new);
            for (String room : LEVELS.get(level)) {
                layers = above.length == 0
                        ? layers.whereLayer(room).mayNotBeAccessedByAnyLayer()
                        : layers.whereLayer(room).mayOnlyBeAccessedByLayers(above);
            }
        }
        layers.check(classes);
    }

    @Test
    void every_class_is_in_a_room() {
        assertThat(classes.stream().map(type -> type.getPackageName()).distinct())
                .filteredOn(name -> !name.equals(ROOT))
                .allMatch(name -> LEVELS.stream().anyMatch(level -> level.contains(name.substring(ROOT.length() + 1).split("\\.")[0])));
    }

    @Test
    void only_the_jenkins_room_imports_jenkins() {
        ArchRule rule = noClasses()
                .that().resideOutsideOfPackage(ROOT + ".jenkins..")
                .should().dependOnClassesThat(resideInAPackage("hudson..")
                        .or(resideInAPackage("jenkins.."))
                        .or(resideInAPackage("org.jenkinsci.."))
                        .or(resideInAPackage("org.kohsuke.."))
                        .or(resideInAPackage("com.cloudbees.."))
                        .or(resideInAPackage("io.jenkins..").and(resideOutsideOfPackage(ROOT + ".."))));
        rule.check(classes);
    }

    /** A copy of a controller has all of this work, and must do none of it. By their text, since the engine's build has no class of these. */
    @Test
    void all_that_jenkins_begins_periodically_asks_whether_it_may() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")).map(RoomsTest::text)
                    .filter(text -> PERIODIC.matcher(text).find()))
                    .hasSizeGreaterThan(4)
                    .allMatch(text -> text.contains("UnattendedWork."));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> libraries_with_one_home_are_imported_there_alone() {
        return ONLY_HOME.entrySet().stream()
                .map(library -> DynamicTest.dynamicTest(library.getKey() + " in " + library.getValue(), () -> noClasses()
                        .that().resideOutsideOfPackage(ROOT + "." + library.getValue() + "..")
                        .should().dependOnClassesThat().resideInAPackage(library.getKey())
                        .check(classes)));
    }
}
