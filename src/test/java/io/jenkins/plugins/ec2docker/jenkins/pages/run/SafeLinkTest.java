package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeLinkTest {

    @ParameterizedTest
    @ValueSource(strings = {"http://203.0.113.17/", "https://example.com:8443/a?b=c#d", "HTTP://example.com"})
    void web_addresses_become_links(String value) {
        assertThat(SafeLink.of(value)).isEqualTo(value);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {
        "", "203.0.113.17", "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)",
        "data:text/html,x",
        "http:", "http:///x", "//example.com/", "ftp://example.com/", "https://example.com/\"onmouseover=\"x", "http://exa mple.com/"
    })
    void nothing_else_does(String value) {
        assertThat(SafeLink.of(value)).isNull();
    }
}
