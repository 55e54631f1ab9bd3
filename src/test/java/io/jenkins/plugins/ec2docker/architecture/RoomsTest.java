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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The house of the design: which room may know which, and which library lives in which room alone. */
class RoomsTest {

    private static final String ROOT = "io.jenkins.plugins.ec2docker";

    /** Who may import a room; the rooms that nobody may import are the shells. */
    private static final Map<String, List<String>> IMPORTED_BY = Map.of(
            "request", List.of("policy", "bootstrap", "terraform", "aws", "provisioning", "cli", "jenkins"),
            "policy", List.of("bootstrap", "terraform", "aws", "provisioning", "cli", "jenkins"),
            "bootstrap", List.of("provisioning", "cli", "jenkins"),
            "terraform", List.of("provisioning", "cli", "jenkins"),
            "aws", List.of("provisioning", "cli", "jenkins"),
            "provisioning", List.of("cli", "jenkins"),
            "cli", List.of(),
            "jenkins", List.of());

    private static final Map<String, String> ONLY_HOME = Map.of(
            "picocli..", "cli",
            "org.apache.commons.csv..", "request",
            "software.amazon.awssdk..", "aws");

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
        for (String room : IMPORTED_BY.keySet()) {
            layers = layers.layer(room).definedBy(ROOT + "." + room + "..");
        }
        for (var rule : IMPORTED_BY.entrySet()) {
            layers = rule.getValue().isEmpty()
                    ? layers.whereLayer(rule.getKey()).mayNotBeAccessedByAnyLayer()
                    : layers.whereLayer(rule.getKey()).mayOnlyBeAccessedByLayers(rule.getValue().toArray(String[]::new));
        }
        layers.check(classes);
    }

    @Test
    void every_class_is_in_a_room() {
        assertThat(classes.stream().map(type -> type.getPackageName()).distinct())
                .filteredOn(name -> !name.equals(ROOT))
                .allMatch(name -> IMPORTED_BY.containsKey(name.substring(ROOT.length() + 1).split("\\.")[0]));
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

    @TestFactory
    Stream<DynamicTest> libraries_with_one_home_are_imported_there_alone() {
        return ONLY_HOME.entrySet().stream().map(library -> DynamicTest.dynamicTest(library.getKey() + " in " + library.getValue(), () -> noClasses()
                .that().resideOutsideOfPackage(ROOT + "." + library.getValue() + "..")
                .should().dependOnClassesThat().resideInAPackage(library.getKey())
                .check(classes)));
    }
}
