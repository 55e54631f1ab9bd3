package io.jenkins.plugins.ec2docker.request.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.values.ParseResult;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadValuesTest {

    static Stream<Arguments> cases() {
        return documents().map(each -> Arguments.of(each.get("at"), each.get("give"), each.getOrDefault("field", each.get("at")),
                each.get("shown"), each.get("says")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void is_told_with_field_value_rule_and_way_out(String at, Object give, String field, String shown, String says) {
        ParseResult<ProvisionRequest> parsed = RequestParser.parse(Requests.minimalWith(at, give));

        assertThat(parsed.violations()).containsExactly(new Violation(field, shown, says));
    }

    @Test
    void no_field_goes_without_a_test() throws Exception {
        TreeSet<String> tested = new TreeSet<>();
        documents().forEach(each -> tested.add(withoutIndexes((String) each.getOrDefault("field", each.get("at")))));

        assertThat(tested).containsAll(fields("", RequestWriter.of(RequestParser.parse(Requests.document("complete.yaml")).orElseThrow())));
        assertThat(tested).contains("keyName");
    }

    private static Stream<String> paths(String path, Object value) {
        return path.equals("tags") || path.endsWith("environment") || !(value instanceof Map<?, ?> || value instanceof List<?>)
                ? Stream.of(path)
                : fields(path, value).stream();
    }

    private static List<String> fields(String path, Object value) {
        if (value instanceof Map<?, ?> map) {
            String prefix = path.isEmpty() ? "" : path + ".";
            return map.entrySet().stream().flatMap(entry -> paths(prefix + entry.getKey(), entry.getValue())).toList();
        }
        return value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Map
                ? list.stream().flatMap(item -> fields(path, item).stream()).distinct().toList()
                : List.of(path);
    }

    private static String withoutIndexes(String field) {
        return field.replaceAll("\\[[0-9]+\\]", "");
    }

    @SuppressWarnings("unchecked") // The fixture is a list of maps.
    private static Stream<Map<String, Object>> documents() {
        return ((List<Map<String, Object>>) Requests.document("bad-values.yaml").get("cases")).stream();
    }
}
