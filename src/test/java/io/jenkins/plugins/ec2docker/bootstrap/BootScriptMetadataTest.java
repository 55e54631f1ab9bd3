package io.jenkins.plugins.ec2docker.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the boot script learns about its instance. */
class BootScriptMetadataTest extends InABox {
    @BeforeEach
    void docker() throws IOException {
        box.withDocker();
    }

    @Test
    void an_instance_without_a_public_address_has_an_empty_one() throws Exception {
        imds.without("public-ipv4");

        assertThat(boot(false)).isEqualTo("ready");
        assertThat(box.file("/opt/app/.env")).content().contains("\nPUBLIC_IP=''\n");
    }

    @Test
    void an_elastic_ip_is_waited_for() throws Exception {
        imds.publicAddressAfter(30);

        assertThat(boot(true)).isEqualTo("ready");
        assertThat(box.file("/opt/app/.env")).content().contains("\nPUBLIC_IP='203.0.113.7'\n");
        assertThat(box.calls("sleep 2").size()).isGreaterThanOrEqualTo(30);
    }

    @Test
    void an_elastic_ip_that_never_comes_is_waited_for_three_minutes_and_said() throws Exception {
        imds.without("public-ipv4");

        assertThat(boot(true)).isEqualTo("ready");
        assertThat(box.calls("curl ").stream().filter(call -> call.endsWith("/public-ipv4"))).hasSize(91);
    }

    @Test
    void a_service_that_is_late_or_stumbles_is_asked_again() throws Exception {
        imds.faults(503, 503, 500, 200);

        assertThat(boot(false)).isEqualTo("failed: reading instance metadata: the instance metadata service gave no answer for "
                + "instance-id (status 401)");
        assertThat(boot(false)).isEqualTo("ready");
    }

    @Test
    void an_absent_service_ends_the_boot() throws Exception {
        imds.close();

        assertThat(boot(false)).isEqualTo("failed: waiting for the instance metadata service: the instance metadata service at "
                + "169.254.169.254 gives no IMDSv2 token; "
                + "is HttpEndpoint enabled for this instance?");
    }

    @Test
    void a_value_that_is_missing_ends_the_boot() throws Exception {
        imds.without("placement/region");

        assertThat(boot(false)).isEqualTo("failed: reading instance metadata: the instance metadata service has no placement/region");
    }

    @Test
    void a_value_that_no_metadata_has_is_refused() throws Exception {
        imds.value("instance-id", "i-1'\nPATH=/tmp");

        assertThat(boot(false)).isEqualTo("failed: reading instance metadata: the instance metadata service gave an impossible value for "
                + "instance-id");
        assertThat(box.file("/opt/app")).doesNotExist();
    }

    private String boot(boolean elasticIp) throws Exception {
        return boot(Requests.of(null, elasticIp, Requests.container("web")));
    }
}
