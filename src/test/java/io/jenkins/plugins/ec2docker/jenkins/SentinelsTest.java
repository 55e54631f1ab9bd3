package io.jenkins.plugins.ec2docker.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** A search that finds nothing anywhere proves nothing, so it is tried on what is there. */
class SentinelsTest {

    private final Sentinels sentinels = new Sentinels("sentinel-value");

    @Test
    void a_secret_is_found_as_it_is_and_in_base64_wherever_it_stands() {
        assertThat(sentinels.in("TOKEN=sentinel-value\n")).containsExactly("sentinel-value");
        for (String before : new String[] {"", "a", "ab", "abc"}) {
            for (String after : new String[] {"", "x", "xy", "xyz"}) {
                String encoded = Base64.getEncoder().encodeToString((before + "sentinel-value" + after).getBytes(StandardCharsets.UTF_8));
                assertThat(sentinels.in(encoded)).as(before + "…" + after).hasSize(1);
            }
        }
        assertThat(sentinels.in("sentinel-valu")).isEmpty();
    }
}
