package io.jenkins.plugins.ec2docker.request.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.request.parse.Requests;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The sections of a request are the variables of its blueprint: what Terraform is given and a variable does not have it would leave out without
 * a word, and what a variable has and no request can say nobody could use.
 */
class SectionShapesTest {
    private static final String NONSENSE = "qqqqqqqqqqqq";
    private static final Pattern KNOWN = Pattern.compile("(?:known here: |section with fields \\()([A-Za-z0-9, ]+)[.)]");
    private static final Pattern FIELD =
            Pattern.compile("(?:^|\\(\\{)\\s*([a-z_0-9]+) += +(?:optional|string|number|bool|list|map)|, ([a-z_0-9]+) = optional",
                    Pattern.MULTILINE);

    @ParameterizedTest
    @CsvSource({
        "autoscaled,network,network,ingressCidrs sshCidrs subnetId publicIp elasticIp", "autoscaled,loadBalancer,load_balancer,",
        "autoscaled,scaling,scaling,", "autoscaled,database,database,", "autoscaled,monitoring,monitoring,", "autoscaled,backup,backup,",
        "autoscaled,edge,edge,", "autoscaled,registry,registry,", "autoscaled,bastion,bastion,",
        "fargate,network,network,ingressCidrs sshCidrs subnetId publicIp elasticIp", "fargate,loadBalancer,load_balancer,",
        "fargate,scaling,scaling,", "fargate,database,database,", "fargate,monitoring,monitoring,", "fargate,backup,backup,",
        "fargate,edge,edge,",
        "fargate,registry,registry,", "fargate,bastion,bastion,", "fargate,task,task,",
        "fargate,containers[0],containers,volumes restart healthcheck interval timeout retries startPeriod test"
    })
    void are_the_variables_of_the_blueprint(String blueprint, String section, String variable, String beside) throws Exception {
        Set<String> request = new TreeSet<>();
        known(blueprint, section, request);
        request.removeAll(beside == null ? List.of() : List.of(beside.split(" ")));
        Set<String> terraform = variable(blueprint, variable);
        if (variable.equals("load_balancer")) {
            // The request says it in network.
            terraform.remove("ingressCidrs");
        }
        if (variable.equals("containers")) {
            terraform.remove("healthCommand");
        }

        assertThat(request).isNotEmpty().isEqualTo(terraform);
    }

    private static void known(String blueprint, String path, Set<String> fields) {
        for (Object nonsense : List.of(Map.of(NONSENSE, 1), Map.of(NONSENSE, Map.of(NONSENSE, 1)))) {
            Map<String, Object> document = Requests.with(Requests.yaml("name: a\nblueprint: " + blueprint + "\nregion: eu-central-1\n"
                    + "containers: [{image: nginx, ports: [\"80:80\"]}]\n"), path, nonsense);
            for (Violation violation : RequestParser.parse(document).violations()) {
                Matcher message = KNOWN.matcher(violation.message());
                if (violation.field().startsWith(path + "." + NONSENSE) && message.find()) {
                    List<String> names = Arrays.asList(message.group(1).split(", "));
                    fields.addAll(names);
                    if (!violation.message().contains("section with fields") && violation.field().equals(path + "." + NONSENSE)) {
                        names.forEach(name -> known(blueprint, path + "." + name, fields));
                    }
                    return;
                }
            }
        }
    }

    private static Set<String> variable(String blueprint, String name) throws Exception {
        String text = Files.readString(Path.of("terraform-templates", blueprint, "variables.tf"));
        String block = text.substring(text.indexOf("variable \"" + name + "\""));
        block = block.substring(block.indexOf("  type"), Math.max(block.indexOf("\n  default"), block.indexOf("\n  nullable")) < 0
                ? block.indexOf("\n}") : Math.min(positive(block.indexOf("\n  default")), positive(block.indexOf("\n  nullable"))));
        block = block.replaceAll("(?m)^ *#.*$", "");
        Set<String> fields = new TreeSet<>();
        Matcher field = FIELD.matcher(block.replaceFirst("  type +=", ""));
        while (field.find()) {
            fields.add(camel(field.group(1) == null ? field.group(2) : field.group(1)));
        }
        return fields;
    }

    private static int positive(int index) {
        return index < 0 ? Integer.MAX_VALUE : index;
    }

    private static String camel(String name) {
        return Pattern.compile("_([a-z])").matcher(name).replaceAll(letter -> letter.group(1).toUpperCase(java.util.Locale.ROOT))
                .replaceFirst("Gib$", "GiB");
    }
}
