package io.jenkins.plugins.ec2docker.blueprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of {@code docs/blueprints} say what the code says; {@code bin/blueprint-docs} brings them up to date. */
class BlueprintPagesTest {

    @ParameterizedTest
    @ValueSource(strings = {"instance", "autoscaled", "fargate"})
    void tables_of_variables_and_outputs_are_those_of_the_code(String blueprint) throws Exception {
        Path page = Path.of("docs", "blueprints", blueprint + ".md");
        Path source = Path.of("terraform-templates", blueprint);
        String fresh = between(Files.readString(page), "variables",
                BlueprintTables.variables(Files.readString(source.resolve("variables.tf"))));
        fresh = between(fresh, "outputs", BlueprintTables.outputs(Files.readString(source.resolve("outputs.tf"))));
        if (Boolean.getBoolean("blueprint.docs.write")) {
            Files.writeString(page, fresh);
        }

        assertThat(page).as("bin/blueprint-docs writes it anew").hasContent(fresh);
    }

    private static String between(String page, String name, String table) {
        Pattern place = Pattern.compile("(<!-- begin: " + name + " -->\n).*?(<!-- end: " + name + " -->)", Pattern.DOTALL);
        Matcher found = place.matcher(page);
        assertThat(found.find()).as("the page has a place for the " + name).isTrue();
        return found.replaceFirst(Matcher.quoteReplacement(found.group(1) + table + found.group(2)));
    }
}
