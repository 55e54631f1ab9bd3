package io.jenkins.plugins.ec2docker.blueprint.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlueprintTest {

    private static final Path TEMPLATES = Path.of("terraform-templates");
    private static final Pattern SOURCE = Pattern.compile("source += \"\\./modules/([a-z-]+)\"");

    @ParameterizedTest
    @EnumSource(Blueprint.class)
    void comes_with_each_module_that_it_names_and_no_other(Blueprint blueprint) throws Exception {
        String main = Files.readString(TEMPLATES.resolve(blueprint.text()).resolve("main.tf"));

        assertThat(blueprint.modules())
                .containsExactlyInAnyOrderElementsOf(
                        SOURCE.matcher(main).results().map(found -> found.group(1)).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @EnumSource(Blueprint.class)
    void consists_of_all_files_of_its_directory_and_its_modules(Blueprint blueprint) throws Exception {
        Set<String> expected = new TreeSet<>(files(TEMPLATES.resolve(blueprint.text()), ""));
        for (String module : blueprint.modules()) {
            expected.addAll(files(TEMPLATES.resolve("modules").resolve(module), "modules/" + module + "/"));
        }

        assertThat(blueprint.files().keySet()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(Blueprint.of(blueprint.text())).isEqualTo(blueprint);
    }

    private static Set<String> files(Path directory, String prefix) throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).map(file -> prefix + file.getFileName()).collect(Collectors.toSet());
        }
    }
}
