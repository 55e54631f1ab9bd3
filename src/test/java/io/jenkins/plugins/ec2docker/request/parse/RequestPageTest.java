package io.jenkins.plugins.ec2docker.request.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.request.users.UsersFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/request.md and the examples say is so. */
class RequestPageTest {
    private static final Path PAGE = Path.of("docs/request.md");

    @Test
    void the_page_s_example_is_a_request() throws Exception {
        assertThat(RequestParser.parse(Requests.yaml(block("yaml"))).violations()).isEmpty();
    }

    @Test
    void the_page_s_users_file_is_one() throws Exception {
        assertThat(UsersFile.check(new ByteArrayInputStream(block("csv").getBytes(UTF_8))).rows())
                .isEqualTo(2);
    }

    @Test
    void every_field_is_on_the_page() throws Exception {
        String page = Files.readString(PAGE);
        assertNamed(page, RequestWriter.of(RequestParser.parse(Requests.document("complete.yaml")).orElseThrow()));
        assertThat(page).contains("`keyName`", "`schedule`", "`start`", "`stop`", "`zone`");
    }

    private static void assertNamed(String page, Object value) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((field, below) -> {
                assertThat(page).contains("`" + field + "`");
                if (!field.equals("tags") && !field.equals("environment")) {
                    assertNamed(page, below);
                }
            });
        } else if (value instanceof Iterable<?> items) {
            items.forEach(item -> assertNamed(page, item));
        }
    }

    private static String block(String language) throws IOException {
        Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }
}
