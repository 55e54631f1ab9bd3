package io.jenkins.plugins.ec2docker.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The boot script with its assignments filled in. The script is one static resource, {@code boot.sh}; what goes into it is checked to be of
 * an alphabet that means nothing to a shell inside single quotes.
 */
final class BootScript {
    /** Numbers, words, run ids, names of hosts and base64. */
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9+/=._-]*");

    private static final String SOURCE = read("boot.sh");
    /** Comments and indentation are for the reader of the source; packed they would take almost 2,000 of the 16,384 bytes of user data. */
    private static final String SHIPPED = bare(SOURCE);
    /** The functions of the boot script, and another end. */
    private static final String MAIN = "\nmain() {\n";
    private static final String REDEPLOYMENT = SHIPPED.substring(0, SHIPPED.indexOf(MAIN) + 1) + bare(read("redeploy.sh"));

    /** The boot script of an instance that a group launches, which is to hear of its end. */
    private static final String LAUNCH = launch();

    private BootScript() {}

    /** The script as shipped, its assignments still empty: all of it that no request changes. */
    static String shipped() {
        return SHIPPED;
    }

    /**
     * The script with these assignments.
     *
     * @throws IllegalArgumentException where a value has a character that could mean something to the shell
     * @throws IllegalStateException where the script has not exactly one empty assignment of that name
     */
    static String with(Map<String, String> assignments) {
        return assigned(SHIPPED, assignments);
    }

    /** As {@link #shipped}, of {@link #launching}. */
    static String shippedForGroup() {
        return LAUNCH;
    }

    /** The script with these assignments, {@code GROUP} among them, for an instance of an Auto Scaling group. */
    static String launching(Map<String, String> assignments) {
        return assigned(LAUNCH, assignments);
    }

    private static String launch() {
        int main = SHIPPED.indexOf(MAIN) + 1;
        String script = SHIPPED.substring(main);
        script = beside(script, "\nlay_files_down\n", "\nlay_files_down\nadd_database\n");
        script = beside(script, "\nstep 'pulling images'\n", "\nlog_in\nstep 'pulling images'\n");
        script = beside(script, "\nclose ready\n", "\nserve\nclose ready\n");
        script = beside(script, "\nRUN_ID=''\n", "\nRUN_ID=''\nGROUP=''\nREGISTRIES=''\nDATABASE=''\n");
        return SHIPPED.substring(0, main) + bare(read("launch.sh")) + script;
    }

    private static String beside(String script, String line, String lines) {
        if (script.indexOf(line) != script.lastIndexOf(line) || !script.contains(line)) {
            throw new IllegalStateException("main has not exactly one line " + line.strip());
        }
        return script.replace(line, lines);
    }

    /** The script of a {@link RedeployScript}, as {@link #with}. */
    static String redeployment(Map<String, String> assignments) {
        return assigned(REDEPLOYMENT, assignments);
    }

    private static String assigned(String text, Map<String, String> assignments) {
        String script = text;
        for (Map.Entry<String, String> assignment : assignments.entrySet()) {
            script = assign(script, assignment.getKey(), assignment.getValue());
        }
        return script;
    }

    /** Where in a script of {@link #with} the assignments begin and with them what gzip should pack apart from the code. */
    static int payloadStart(String script) {
        return script.lastIndexOf("\nRUN_ID='") + 1;
    }

    /** Bytes in the form in which an assignment carries them: base64 of gzip. */
    static String payload(byte[] bytes) {
        return Base64.getEncoder().encodeToString(Gzip.of(bytes));
    }

    private static String assign(String script, String name, String value) {
        if (!HARMLESS.matcher(value).matches()) {
            throw new IllegalArgumentException("value of " + name + " is not of the form " + HARMLESS);
        }
        String empty = "\n" + name + "=''\n";
        int at = script.indexOf(empty);
        if (at < 0 || script.indexOf(empty, at + 1) >= 0) {
            throw new IllegalStateException("the script has not exactly one empty assignment of " + name);
        }
        return script.substring(0, at) + "\n" + name + "='" + value + "'\n" + script.substring(at + empty.length());
    }

    /** Safe for a script without here documents and strings of several lines. */
    private static String bare(String source) {
        return source.lines()
                .map(String::stripLeading)
                .filter(line -> line.startsWith("#!") || !(line.isEmpty() || line.startsWith("#")))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String read(String resource) {
        try (InputStream in = BootScript.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
