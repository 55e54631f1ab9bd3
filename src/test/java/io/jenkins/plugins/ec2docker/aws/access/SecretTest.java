package io.jenkins.plugins.ec2docker.aws.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretTest {
    private static final String TEXT = "sentinel-of-the-secret";
    private final SessionCredentials credentials = new SessionCredentials("ASIA4711", new Secret(TEXT), new Secret(TEXT + "2"), null);

    @Test
    void it_prints_stars_wherever_it_is_part_of_something() {
        assertThat(new Secret(TEXT)).hasToString("****");
        assertThat(credentials.toString()).doesNotContain(TEXT).contains("ASIA4711", "****");
        assertThat(List.of(credentials).toString()).doesNotContain(TEXT);
    }

    @Test
    void equal_texts_are_equal_and_the_hash_tells_nothing() {
        assertThat(new Secret(TEXT)).isEqualTo(new Secret(TEXT)).isNotEqualTo(new Secret("other")).isNotEqualTo(TEXT);
        assertThat(new Secret(TEXT)).hasSameHashCodeAs(new Secret("other"));
    }

    @Test
    void java_does_not_serialise_it() {
        assertThatThrownBy(() -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(new Secret(TEXT)))
                .isInstanceOf(NotSerializableException.class);
    }

    @Test
    void jackson_does_not_write_it_however_curious_it_is_made() throws JsonProcessingException {
        ObjectMapper curious = new ObjectMapper()
                .setVisibility(PropertyAccessor.ALL, Visibility.ANY)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);

        assertThat(curious.writeValueAsString(credentials)).doesNotContain(TEXT);
        assertThatThrownBy(() -> new ObjectMapper().writeValueAsString(credentials))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageNotContaining(TEXT);
    }

    @Test
    void serialisers_by_reflection_skip_its_field() {
        assertThat(Arrays.stream(Secret.class.getDeclaredFields()).map(Field::getModifiers))
                .isNotEmpty()
                .allMatch(Modifier::isTransient);
    }

    @Test
    void an_empty_secret_is_a_mistake() {
        assertThatThrownBy(() -> new Secret("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_process_gets_the_keys_under_the_names_that_awss_tools_read() {
        assertThat(credentials.toEnvironment()).isEqualTo(Map.of(
                "AWS_ACCESS_KEY_ID", "ASIA4711", "AWS_SECRET_ACCESS_KEY", TEXT, "AWS_SESSION_TOKEN", TEXT + "2"));
        assertThat(SessionCredentials.ofUser("AKIA4711", TEXT).toEnvironment()).doesNotContainKey("AWS_SESSION_TOKEN");
    }

    @Test
    void all_that_must_be_masked_is_listed() {
        assertThat(credentials.secrets()).extracting(Secret::reveal).containsExactly(TEXT, TEXT + "2");
    }
}
