package io.jenkins.plugins.ec2docker.blueprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The pictures of {@code docs/images} show what the configurations make: what is drawn names its module or resource in {@code data-of}, and is dashed
 * where that is made only if asked for.
 */
class BlueprintPicturesTest {

    private static final Path TEMPLATES = Path.of("terraform-templates");
    private static final Pattern BLOCK =
            Pattern.compile("^(module|resource) \"(\\w+)\"(?: \"(\\w+)\")? \\{$(.*?)^}$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("^  (?:count|for_each) *= (.*)$", Pattern.MULTILINE);
    private static final Pattern SOURCE = Pattern.compile("^  source *= \"\\./modules/(.*)\"$", Pattern.MULTILINE);

    /** What has a number for another reason than being asked for: zones and generations, a network that is there already, what a blueprint always says. */
    private static final Set<String> NOT_A_CHOICE =
            Set.of("local.own ? 1 : 0", "length(local.zones)", "toset(values(local.vpcs))", "var.generations", "var.instance_role ? 1 : 0");

    /** @param of as {@code module.edge}, {@code module.edge.aws_s3_bucket.this} or {@code aws_eip.this} */
    private record Drawn(String of, boolean dashed) {}

    @ParameterizedTest
    @ValueSource(strings = {"instance", "autoscaled", "fargate"})
    void what_is_drawn_is_made_and_dashed_where_it_is_made_only_if_asked_for(String blueprint) throws Exception {
        assertThat(drawn(blueprint)).isNotEmpty().allSatisfy(each -> assertThat(optional(blueprint, each.of()))
                .as(each.of() + ", whether it must be asked for").hasValue(each.dashed()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance", "autoscaled", "fargate"})
    void each_module_is_drawn_and_of_a_blueprint_without_any_each_resource(String blueprint) throws Exception {
        List<String> made = new ArrayList<>();
        List<String> resources = new ArrayList<>();
        Matcher block = BLOCK.matcher(source(blueprint));
        while (block.find()) {
            if (block.group(1).equals("module")) {
                made.add("module." + block.group(2));
            } else if (!block.group(2).matches(".*_(rule|attachment|association)")) {
                resources.add(block.group(2) + "." + block.group(3));
            }
        }

        assertThat(drawn(blueprint).stream().map(each -> each.of().replaceFirst("^(module\\.\\w+)\\..*", "$1")).toList())
                .containsAll(made.isEmpty() ? resources : made);
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance", "autoscaled", "fargate"})
    void each_picture_is_on_its_page(String blueprint) throws Exception {
        assertThat(Path.of("docs", "blueprints", blueprint + ".md")).content().contains("](../images/blueprint-" + blueprint + ".svg)");
    }

    private static List<Drawn> drawn(String blueprint) throws Exception {
        NodeList groups = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(Path.of("docs", "images", "blueprint-" + blueprint + ".svg").toFile()).getElementsByTagName("g");
        List<Drawn> drawn = new ArrayList<>();
        for (int i = 0; i < groups.getLength(); i++) {
            Element group = (Element) groups.item(i);
            if (group.hasAttribute("data-of")) {
                drawn.add(new Drawn(group.getAttribute("data-of"), List.of(group.getAttribute("class").split(" ")).contains("optional")));
            }
        }
        return drawn;
    }

    /** Empty where there is no such module or resource. */
    private static Optional<Boolean> optional(String directory, String of) throws IOException {
        String[] names = of.split("\\.");
        boolean module = names[0].equals("module");
        Matcher block = BLOCK.matcher(source(directory));
        while (block.find()) {
            if (block.group(1).equals(module ? "module" : "resource") && block.group(2).equals(names[module ? 1 : 0])
                    && (module || block.group(3).equals(names[1]))) {
                Matcher number = NUMBER.matcher(block.group(4));
                boolean chosen = number.find() && !NOT_A_CHOICE.contains(number.group(1));
                if (chosen || !module || names.length == 2) {
                    return Optional.of(chosen).filter(x -> names.length == 2 || exists(block.group(4), names));
                }
                return optional("modules/" + module(block.group(4)), names[2] + "." + names[3]);
            }
        }
        return Optional.empty();
    }

    private static boolean exists(String call, String[] names) {
        try {
            return optional("modules/" + module(call), names[2] + "." + names[3]).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private static String module(String call) {
        Matcher source = SOURCE.matcher(call);
        assertThat(source.find()).isTrue();
        return source.group(1);
    }

    private static String source(String directory) throws IOException {
        return Files.readString(TEMPLATES.resolve(directory).resolve("main.tf"));
    }
}
