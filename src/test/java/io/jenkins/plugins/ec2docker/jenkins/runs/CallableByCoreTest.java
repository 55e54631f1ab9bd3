package io.jenkins.plugins.ec2docker.jenkins.runs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import hudson.init.Initializer;
import hudson.init.Terminator;
import org.junit.jupiter.api.Test;

/** What core calls by its annotation when Jenkins starts and stops; where it cannot, it only writes so into its log. */
class CallableByCoreTest {

    private static final JavaClasses PLUGIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.jenkins.plugins.ec2docker.jenkins");

    @Test
    void what_begins_and_ends_with_jenkins_is_public_in_a_public_class() {
        methods().that().areAnnotatedWith(Terminator.class).or().areAnnotatedWith(Initializer.class)
                .should().bePublic().andShould().beDeclaredInClassesThat().arePublic()
                .check(PLUGIN);
    }
}
