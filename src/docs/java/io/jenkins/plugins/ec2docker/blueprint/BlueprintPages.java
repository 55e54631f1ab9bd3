package io.jenkins.plugins.ec2docker.blueprint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pages of the blueprints in {@code docs/blueprints}, whose tables of variables and outputs follow from {@code terraform-templates}. Works in
 * the directory of the sources, as {@code bin/blueprint-docs} and the tests do.
 */
final class BlueprintPages {

    static final List<String> NAMES = List.of("instance", "autoscaled", "fargate");

    private BlueprintPages() {}

    /** Brings all pages up to date. Takes no arguments. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 0) {
            System.err.println(
                    "bin/blueprint-docs takes no arguments. It writes the tables of variables and outputs of docs/blueprints/*.md.");
            System.exit(2);
        }
        for (String name : NAMES) {
            Path page = page(name);
            String text = upToDate(name);
            if (!text.equals(Files.readString(page))) {
                Files.writeString(page, text);
                System.out.println(page);
            }
        }
    }

    static Path page(String blueprint) {
        return Path.of("docs", "blueprints", blueprint + ".md");
    }

    /**
     * The page as it is, with the tables that the blueprint's sources say.
     *
     * @throws IllegalStateException if the page has no place for a table
     */
    static String upToDate(String blueprint) throws IOException {
        Path source = Path.of("terraform-templates", blueprint);
        String page = Files.readString(page(blueprint));
        page = between(page, "variables", BlueprintTables.variables(Files.readString(source.resolve("variables.tf"))));
        return between(page, "outputs", BlueprintTables.outputs(Files.readString(source.resolve("outputs.tf"))));
    }

    private static String between(String page, String name, String table) {
        Pattern place = Pattern.compile("(<!-- begin: " + name + " -->\n).*?(<!-- end: " + name + " -->)", Pattern.DOTALL);
        Matcher found = place.matcher(page);
        if (!found.find()) {
            throw new IllegalStateException(
                    "the page has no place for the " + name + ": <!-- begin: " + name + " --> … <!-- end: " + name + " -->");
        }
        return found.replaceFirst(Matcher.quoteReplacement(found.group(1) + table + found.group(2)));
    }
}
