package io.jenkins.plugins.ec2docker.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxySettingsTest {
    private static final URI STS = URI.create("https://sts.eu-central-1.amazonaws.com");

    @Test
    void each_scheme_has_its_variable() {
        ProxySettings proxy = ProxySettings.of(Map.of("HTTPS_PROXY", "http://secure:3128", "http_proxy", "plain:8080"));

        assertThat(proxy.forTarget(STS)).contains(URI.create("http://secure:3128"));
        assertThat(proxy.forTarget(URI.create("http://203.0.113.7:8080/"))).contains(URI.create("http://plain:8080"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            *                            | https://sts.amazonaws.com  | true
            amazonaws.com                | https://sts.amazonaws.com  | true
            .amazonaws.com               | https://sts.amazonaws.com  | true
            *.amazonaws.com              | https://sts.amazonaws.com  | true
            .amazonaws.com               | https://amazonaws.com      | false
            amazonaws.com                | https://notamazonaws.com   | false
            a.b, STS.AMAZONAWS.COM       | https://sts.amazonaws.com  | true
            sts.amazonaws.com:443        | https://sts.amazonaws.com  | true
            sts.amazonaws.com:8443       | https://sts.amazonaws.com  | false
            10.0.0.0/8                   | http://10.20.30.40:8080/   | true
            10.0.0.0/9                   | http://10.200.0.1/         | false
            10.0.0.0/8                   | http://10.example.com/     | false
            10.1.2.3                     | http://10.1.2.3/           | true
            10.1.2.3:80                  | http://10.1.2.3/           | true
            10.1.2.3:81                  | http://10.1.2.3/           | false
            2001:db8::/32                | http://[2001:db8::1]/      | true
            [2001:db8::1]:80             | http://[2001:db8::1]/      | true
            10.0.0.0/x                   | http://10.20.30.40/        | false
            ''                           | http://127.0.0.1:5000      | true
            ''                           | http://localhost:5000      | true
            ''                           | http://[::1]:5000          | true
            ''                           | http://10.20.30.40/        | false
            """)
    void no_proxy_is_read_as_terraform_reads_it(String exceptions, URI target, boolean direct) {
        ProxySettings proxy =
                ProxySettings.of(Map.of("HTTPS_PROXY", "p:1", "HTTP_PROXY", "p:1", "NO_PROXY", exceptions));

        assertThat(proxy.forTarget(target).isEmpty()).isEqualTo(direct);
    }

    @Test
    void javas_http_client_gets_the_same_answer() {
        ProxySettings proxy = ProxySettings.of(Map.of("HTTPS_PROXY", "http://secure", "NO_PROXY", "internal"));

        assertThat(proxy.selector().select(STS))
                .singleElement()
                .extracting(Proxy::address)
                .isEqualTo(new InetSocketAddress("secure", 80));
        assertThat(proxy.selector().select(URI.create("https://host.internal"))).containsExactly(Proxy.NO_PROXY);
    }

    @Test
    void a_password_in_the_address_is_never_shown() {
        ProxySettings proxy = ProxySettings.of(Map.of("HTTPS_PROXY", "http://me:sentinel@proxy:3128"));

        assertThat(proxy.toString()).contains("proxy:3128").doesNotContain("sentinel");
        assertThat(proxy.passwords()).containsExactly("sentinel");
        assertThat(ProxySettings.of(Map.of("HTTP_PROXY", "http://me:a%40b@proxy")).passwords()).containsExactlyInAnyOrder("a@b", "a%40b");
        assertThat(ProxySettings.of(Map.of("HTTP_PROXY", "http://me@proxy")).passwords()).isEmpty();
        assertThatThrownBy(() -> ProxySettings.of(Map.of("HTTPS_PROXY", "http://me:sentinel@ bad")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Variable HTTPS_PROXY does not hold the address of a proxy; it looks like http://proxy.example.com:3128.")
                .hasNoCause();
    }
}
