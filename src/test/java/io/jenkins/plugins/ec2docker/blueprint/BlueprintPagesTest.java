package io.jenkins.plugins.ec2docker.blueprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of {@code docs/blueprints} say what the code says; {@code bin/blueprint-docs} brings them up to date. */
class BlueprintPagesTest {

    static List<String> blueprints() {
        return BlueprintPages.NAMES;
    }

    @ParameterizedTest
    @MethodSource("blueprints")
    void tables_of_variables_and_outputs_are_those_of_the_code(String blueprint) throws Exception {
        assertThat(BlueprintPages.page(blueprint)).as("bin/blueprint-docs brings it up to date")
                .hasContent(BlueprintPages.upToDate(blueprint));
    }
}
