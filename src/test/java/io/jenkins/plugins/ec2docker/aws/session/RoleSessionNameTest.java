package io.jenkins.plugins.ec2docker.aws.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleSessionNameTest {
    @ParameterizedTest
    @CsvSource({
        "shop, jenkins-shop-17",
        "team/shop, jenkins-team-shop-17",
        "team/shop » deploy (blue), jenkins-team-shop-deploy-blue--17",
        "große Straße, jenkins-gro-e-Stra-e-17",
        "a+b=c;d.e@f_g, jenkins-a+b=c-d.e@f_g-17"
    })
    void job_and_build_can_be_read_from_it(String job, String name) {
        assertThat(RoleSessionName.of("jenkins", job, "17")).isEqualTo(name);
    }

    @Test
    void a_long_job_name_loses_its_middle_and_keeps_the_build_number() {
        String name = RoleSessionName.of("jenkins", "organisation/platform-team/services/shop-frontend/feature%2Flogin-page", "12345");

        assertThat(name)
                .isEqualTo("jenkins-organisation-platform-te..end-feature-2Flogin-page-12345").hasSize(64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "日本語", "🐳🐳", "a b", "../../etc/passwd", "\n\t", "----", "name with 'quotes' and $(commands)"})
    void whatever_the_name_aws_accepts_it(String job) {
        assertThat(RoleSessionName.of("jenkins", job, "1")).matches("[\\w+=,.@-]{2,64}");
        assertThat(RoleSessionName.of(job)).matches("[\\w+=,.@-]{2,64}");
        assertThat(RoleSessionName.of(job.repeat(100), job.repeat(100), job.repeat(100))).matches("[\\w+=,.@-]{2,64}");
    }

    @Test
    void a_name_that_aws_accepts_stays_as_it_is() {
        assertThat(RoleSessionName.of("x".repeat(64))).isEqualTo("x".repeat(64));
        assertThat(RoleSessionName.of(null)).hasSize(2);
        assertThat(RoleSessionName.of("jenkins", "shop", "")).isEqualTo("jenkins-shop");
    }
}
