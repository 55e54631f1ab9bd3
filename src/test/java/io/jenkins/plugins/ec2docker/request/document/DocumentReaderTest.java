package io.jenkins.plugins.ec2docker.request.document;

import static io.jenkins.plugins.ec2docker.request.document.DocumentReader.Format.JSON;
import static io.jenkins.plugins.ec2docker.request.document.DocumentReader.Format.YAML;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ec2docker.request.values.InvalidRequestException;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentReaderTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "1.10", "yes", "no", "on", "true", "0123", "0x1F", "1_000", "2222:22", "190:20:30", "2024-01-01", "1e3", ".inf", "=", "<<x", "NaN",
        "nullx", "a: b"
    })
    void scalars_stay_as_written(String scalar) throws Exception {
        String written = scalar.equals("a: b") ? "'a: b'" : scalar;
        assertThat(DocumentReader.read("x: " + written, YAML)).isEqualTo(Map.of("x", scalar));
    }

    @Test
    void only_a_plain_null_is_null() throws Exception {
        assertThat(DocumentReader.read("{a: null, b: ~, c: , d: Null, e: 'null', f: \"~\", g: '', h: nil}", YAML))
                .isEqualTo(map("a", null, "b", null, "c", null, "d", null, "e", "null", "f", "~", "g", "", "h", "nil"));
    }

    @Test
    void json_numbers_stay_as_written() throws Exception {
        assertThat(DocumentReader.read("{\"a\": 1.10, \"b\": 1e400, \"c\": -0, \"d\": true, \"e\": null, \"f\": [\"\\u00fc\", {}]}", JSON))
                .isEqualTo(map("a", "1.10", "b", "1e400", "c", "-0", "d", "true", "e", null, "f", List.of("ü", Map.of())));
    }

    @Test
    void both_notations_give_the_same_document() throws Exception {
        assertThat(DocumentReader.read("name: x\nports: [80, \"a\"]\nmap: {k: ~}\n", YAML))
                .isEqualTo(DocumentReader.read("\uFEFF{\"name\": \"x\", \"ports\": [80, \"a\"], \"map\": {\"k\": null}}", JSON));
    }

    @Test
    void merge_keys_and_fields_of_the_users_own_are_read_as_compose_reads_them() throws Exception {
        assertThat(DocumentReader.read("""
                x-base: &base {a: 1, b: 2}
                one: {<<: *base, b: 3}
                two:
                  b: 4
                  <<: [{b: 5, c: 6}, *base]
                quoted: {"<<": x}
                x: 1
                """, YAML)).isEqualTo(map("one", Map.of("a", "1", "b", "3"), "two", Map.of("a", "1", "b", "4", "c", "6"),
                "quoted", Map.of("<<", "x"), "x", "1"));
    }

    @Test
    void json_with_tabs_is_yaml_too() throws Exception {
        assertThat(DocumentReader.read("\n{\n\t\"a\":\t[1,\n\t\tnull]\n}\n", YAML)).isEqualTo(map("a", Arrays.asList("1", null)));
    }

    @Test
    void aliases_stand_for_what_they_name() throws Exception {
        assertThat(DocumentReader.read("a: &x [1]\nb: *x\nc: &y t\nd: *y\n", YAML))
                .isEqualTo(Map.of("a", List.of("1"), "b", List.of("1"), "c", "t", "d", "t"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "^^|The YAML text is empty; write the fields and their values.",
        "# nothing|The YAML text is empty; write the fields and their values.",
        "- a|The YAML text is not a map of fields and values; write it as such.",
        "just text|The YAML text is not a map of fields and values; write it as such.",
        "a: [1|The YAML text cannot be read at line 1, column 6: expected ',' or ']', but got <stream end>.",
        "a: b: c|The YAML text cannot be read at line 1, column 5: mapping values are not allowed here.",
        "a: *x|The YAML text cannot be read at line 1, column 4: found undefined alias x.",
        "a: !!int 5|The YAML text cannot be read at line 1, column 4: tags (what begins with \"!\") have no meaning here.",
        "a: !!java.net.URL [x]|The YAML text cannot be read at line 1, column 4: tags (what begins with \"!\") have no meaning here.",
        "? [a]~: b|The YAML text cannot be read at line 1, column 3: a field's name must be text.",
        "a: &x [*x]|The YAML text cannot be read at line 1, column 4: an alias here stands for what contains it.",
        "a: 1~--- ~b: 2|The YAML text cannot be read at line 2, column 1: but found another document.",
        "a: ^@|The YAML text cannot be read at line 1, column 4: found character '@' that cannot start any token. (Do not use @ for indentation).",
        "a:~\tb: 1|The YAML text cannot be read at line 2, column 1: a tab stands where YAML allows only spaces; indent with spaces.",
        "{~\t\"a\": 1,~\tb|The YAML text cannot be read at line 2, column 1: a tab stands where YAML allows only spaces; indent with spaces.",
        "a: {<<: 1}|The YAML text cannot be read at line 1, column 9: what << merges must be a map or a list of maps.",
        "a: 1~b:~  c: 2~a: 3~b: 4|a: stands twice, at line 1 and at line 4; keep one.",
        "a: §|The YAML text has the character U+0007, which YAML does not allow as it is; write it as an escape in double quotes."
    })
    void broken_yaml_is_told_in_a_sentence(String text, String message) {
        // ~ is a line break, § a control character, ^@ an at sign.
        String yaml = text.replace("^@", "@").replace('~', '\n').replace('§', '\u0007');

        assertThatThrownBy(() -> DocumentReader.read(yaml, YAML)).isInstanceOfSatisfying(InvalidRequestException.class,
                e -> assertThat(e.violations().get(0)).hasToString(message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "^^|The JSON text is empty; write the fields and their values.",
        "[]|The JSON text is not a map of fields and values; write it as such.",
        "{\"a\": 1|The JSON text cannot be read at line 1, column 8: the document ends before all brackets and quotes are closed.",
        "{\"a\": secret}|The JSON text cannot be read at line 1, column 7: this is not JSON; look for a missing or misplaced quote, comma, colon or bracket.",
        "{a: 1}|The JSON text cannot be read at line 1, column 2: this is not JSON; look for a missing or misplaced quote, comma, colon or bracket.",
        "{\"a\": 1} x|The JSON text cannot be read at line 1, column 10: this is not JSON; look for a missing or misplaced quote, comma, colon or bracket.",
        "null|The JSON text is empty; write the fields and their values.",
        "{\"a\": 1} {}|The JSON text cannot be read at line 1, column 10: something follows after the end of the document.",
        "{\"a\": {\"b\": 1,~\"b\": 2}}|a.b: stands twice, the second time at line 2; keep one.",
        "{\"a\": 01}|The JSON text cannot be read at line 1, column 8: this is not JSON; look for a missing or misplaced quote, comma, colon or bracket."
    })
    void broken_json_is_told_in_a_sentence(String text, String message) {
        assertThatThrownBy(() -> DocumentReader.read(text.replace('~', '\n'), JSON)).isInstanceOfSatisfying(InvalidRequestException.class,
                e -> assertThat(e.violations().get(0)).hasToString(message));
    }

    @Test
    void a_bomb_of_aliases_goes_off_nowhere() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            yaml.append("a%s: &a%s [*a%s, *a%s, *a%s, *a%s]\n".formatted(i, i, i - 1, i - 1, i - 1, i - 1));
        }

        assertThatThrownBy(() -> DocumentReader.read(yaml.toString(), YAML)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void depth_and_length_are_bounded() {
        for (DocumentReader.Format format : DocumentReader.Format.values()) {
            assertThatThrownBy(() -> DocumentReader.read("{\"a\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}", format))
                    .isInstanceOf(InvalidRequestException.class).hasMessageContaining("nested too deeply");
            assertThatThrownBy(() -> DocumentReader.read("x".repeat(1024 * 1024 + 1), format)).isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("has 1048577 characters; at most 1048576 are read.");
        }
    }

    @Test
    void all_repeated_fields_are_told() {
        assertThatThrownBy(() -> DocumentReader.read("a: {b: 1, b: 2}\na: {c: 1}\n", YAML))
                .isInstanceOfSatisfying(InvalidRequestException.class,
                        e -> assertThat(e.violations()).extracting(Violation::field).containsExactly("a.b", "a"))
                .hasMessageStartingWith("Request is not valid: 2 problems\n  a.b: stands twice");
    }

    private static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], Arrays.asList(keysAndValues).get(i + 1));
        }
        return map;
    }
}
