package io.jenkins.plugins.ec2docker.request.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, 0.0.0.0/0", "10.0.0.0/8, 10.0.0.0/8", "192.0.2.255/32, 192.0.2.255/32", "::/0, ::/0", "2001:DB8::/32, 2001:db8::/32",
        "2001:0db8:0:0:0:0:0:0/32, 2001:db8::/32", "1:0:0:2:0:0:0:3/128, 1:0:0:2::3/128", "1:0:2:3:4:5:6:7/128, 1:0:2:3:4:5:6:7/128",
        "::1/128, ::1/128", "1::/16, 1::/16", "0:0:1::/48, 0:0:1::/48"
    })
    void is_written_as_aws_gives_it_back(String text, String canonical) {
        assertThat(Cidr.parse(text)).map(Cidr::toString).hasValue(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, 10.0.0.0/8, true", "10.0.0.0/8, 10.0.0.0/8, true", "10.0.0.0/8, 10.255.0.0/16, true", "10.0.0.0/8, 0.0.0.0/0, false",
        "10.0.0.0/8, 11.0.0.0/16, false", "10.0.0.0/9, 10.128.0.0/16, false", "::/0, 2001:db8::/32, true", "::/0, 10.0.0.0/8, false",
        "0.0.0.0/0, ::/0, false", "2001:db8::/33, 2001:db8:8000::/48, false", "2001:db8::/33, 2001:db8:7fff::/48, true"
    })
    void contains_what_lies_wholly_within(String outer, String inner, boolean contains) {
        assertThat(Cidr.parse(outer).orElseThrow().contains(Cidr.parse(inner).orElseThrow())).isEqualTo(contains);
    }

    @Test
    void what_is_written_reads_as_the_same_address() throws Exception {
        Random random = new Random(3);
        for (int round = 0; round < 10_000; round++) {
            byte[] bytes = new byte[16];
            random.nextBytes(bytes);
            for (int i = 0; i < 16; i += 2) {
                if (random.nextInt(3) > 0) {
                    bytes[i] = 0;
                    bytes[i + 1] = (byte) random.nextInt(2);
                }
            }
            String text = Inet6Address.getByAddress(null, bytes, -1).getHostAddress();
            IpAddress address = IpAddress.parse(text).orElseThrow();

            assertThat(IpAddress.parse(address.toString())).hasValue(address);
            InetAddress read = InetAddress.getByName(address.toString());
            assertThat(read instanceof Inet6Address ? read.getAddress() : bytes).isEqualTo(bytes);
        }
    }
}
