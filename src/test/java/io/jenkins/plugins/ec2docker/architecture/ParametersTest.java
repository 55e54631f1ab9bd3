package io.jenkins.plugins.ec2docker.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import java.net.URL;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Calls whose arguments a reader can tell apart. A record with more components has a class {@code Builder}, which alone makes it. */
class ParametersTest {

    private static final int MOST = 8;

    private static JavaClasses product;
    private static JavaClasses productAndTests;

    @BeforeAll
    static void read() {
        // As in RoomsTest: names are enough.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        URL main = ProvisionRequest.class.getProtectionDomain().getCodeSource().getLocation();
        URL tests = ParametersTest.class.getProtectionDomain().getCodeSource().getLocation();
        productAndTests = new ClassFileImporter().importUrls(List.of(main, tests));
        product = productAndTests.that(DescribedPredicate.describe("of the product",
                type -> type.getSource().orElseThrow().getUri().getPath().startsWith(main.getPath())));
    }

    @Test
    void a_constructor_or_method_has_at_most_eight_parameters() {
        codeUnits().that(DescribedPredicate.describe("are no canonical constructors", unit -> !isCanonical(unit)))
                .should(new ArchCondition<>("have at most " + MOST + " parameters") {
                    @Override
                    public void check(JavaCodeUnit unit, ConditionEvents events) {
                        events.add(new SimpleConditionEvent(unit, isShort(unit), unit.getDescription() + " has "
                                + unit.getRawParameterTypes().size() + " parameters: form an object of some of them, or write a builder"));
                    }
                })
                .check(product);
    }

    @Test
    void a_record_with_more_components_is_made_by_its_builder_alone() {
        constructors().that(DescribedPredicate.describe("are canonical", ParametersTest::isCanonical))
                .should(new ArchCondition<>("be called by the record's Builder alone, if they have more than " + MOST + " parameters") {
                    @Override
                    public void check(JavaConstructor constructor, ConditionEvents events) {
                        String builder = constructor.getOwner().getName() + "$Builder";
                        constructor.getAccessesToSelf().forEach(call -> events.add(new SimpleConditionEvent(
                                call, isShort(constructor) || call.getOriginOwner().getName().equals(builder), call.getDescription())));
                    }
                })
                .check(productAndTests);
    }

    private static boolean isShort(JavaCodeUnit unit) {
        return unit.getRawParameterTypes().size() <= MOST;
    }

    /** Whether it is the constructor of a record that takes all its components. */
    private static boolean isCanonical(JavaCodeUnit unit) {
        return unit.isConstructor() && unit.getOwner().isRecord()
                && unit.getRawParameterTypes().size() == unit.getOwner().getFields().stream()
                        .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC)).count();
    }
}
